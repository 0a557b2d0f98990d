import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../language/use_words.ts';
import { hudStore } from './hud_store.ts';
import { Icon } from './icon.tsx';

interface PanelFrameProps {
  readonly title: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A panel over the world, which goes on behind it. Takes the focus, and gives it back when it closes. */
export const PanelFrame = ({ title, className, children }: PanelFrameProps) => {
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
    <section ref={panel} className={`panel ${className}`} aria-labelledby={id} tabIndex={-1}>
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="tool"
          aria-label={words.hud.close}
          onClick={() => hudStore.setState({ panel: null })}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </section>
  );
};
