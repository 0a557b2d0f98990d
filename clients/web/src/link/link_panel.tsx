import { useEffect, useState } from 'react';
import { type Place, placePath } from '../app/place.ts';
import { Icon } from '../hud/icon.tsx';
import { PanelFrame } from '../hud/panel_frame.tsx';
import { useWords } from '../language/use_words.ts';

interface LinkPanelProps {
  readonly place: Place;
  /** What the world is called. */
  readonly world: string;
}

/** The link to this very instance: copied at once, and to be shared, or copied by hand. */
export const LinkPanel = ({ place, world }: LinkPanelProps) => {
  const { link: words } = useWords();
  const link = `${location.origin}${placePath(place)}`;
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);

  const copy = (): void => {
    // Without a secure context there is no clipboard at all.
    const write = async (): Promise<void> => navigator.clipboard.writeText(link);
    write().then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  useEffect(copy, [link]);

  const share = (): void => {
    navigator.share({ title: world, text: words.message(world), url: link }).catch(() => undefined);
  };

  return (
    <PanelFrame title={words.title} className="link-panel">
      <p>{words.text}</p>
      <label className="field">
        <span>{words.label}</span>
        <input readOnly value={link} onFocus={({ target }) => target.select()} />
      </label>
      <div className="actions">
        <button type="button" className="chosen" onClick={copy}>
          <Icon name="copy" />
          {words.copy}
        </button>
        {'share' in navigator && (
          <button type="button" onClick={share}>
            <Icon name="share" />
            {words.share}
          </button>
        )}
      </div>
      <p role="status" className="hint">
        {outcome ? words[outcome] : ''}
      </p>
    </PanelFrame>
  );
};
