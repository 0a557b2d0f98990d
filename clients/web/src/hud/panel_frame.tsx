import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../language/use_words.ts';
import { closePanel } from './hud_store.ts';
import { Icon } from './icon.tsx';

interface PanelFrameProps {
  readonly title: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly onClose?: () => void;
}

/**
 * A panel over the world, which goes on behind it; on a phone a sheet at its foot. Takes the focus, and
 * gives it back when it closes.
 */
export const PanelFrame = ({
  title,
  className,
  children,
  onClose = closePanel,
}: PanelFrameProps) => {
  const words = useWords();
  const id = useId();
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      // Unless it went elsewhere already, as to the world with Escape.
      const isNowhere = document.activeElement === document.body;
      if (isNowhere && before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <section ref={panel} className={`panel glass ${className}`} aria-labelledby={id} tabIndex={-1}>
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" className="tool" aria-label={words.hud.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
};
