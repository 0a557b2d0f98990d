import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  /** The key that does the same, for who points at it. */
  readonly hotkey?: string;
  readonly isOn?: boolean;
  readonly className?: string;
  readonly onPress: () => void;
  readonly children?: ReactNode;
}

/** A button with a picture. A pointer's press leaves the focus where it is, so that keys go on walking. */
export const Tool = ({ icon, label, hotkey, isOn, className, onPress, children }: ToolProps) => (
  <button
    type="button"
    className={className ? `tool ${className}` : 'tool'}
    data-hint={hotkey ? `${label} · ${hotkey}` : label}
    onMouseDown={(event) => event.preventDefault()}
    onClick={onPress}
    {...(hotkey ? { 'aria-keyshortcuts': hotkey } : {})}
    {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
  >
    <Icon name={icon} />
    <span className="tool-label">{label}</span>
    {children}
  </button>
);
