import { useEffect, useState } from 'react';
import { type Place, placePath } from '../app/place.ts';
import { PanelFrame } from '../hud/panel_frame.tsx';
import { useWords } from '../language/use_words.ts';

/** The link to this very instance: copied at once, and shown to be copied by hand. */
export const LinkPanel = ({ place }: { readonly place: Place }) => {
  const { link: words } = useWords();
  const link = `${location.origin}${placePath(place)}`;
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);

  useEffect(() => {
    // Without a secure context there is no clipboard at all.
    const copy = async (): Promise<void> => navigator.clipboard.writeText(link);
    copy().then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  }, [link]);

  return (
    <PanelFrame title={words.title} className="link-panel">
      <p role="status">{outcome ? words[outcome] : ''}</p>
      <label className="field">
        <span>{words.label}</span>
        <input readOnly value={link} onFocus={({ target }) => target.select()} />
      </label>
    </PanelFrame>
  );
};
