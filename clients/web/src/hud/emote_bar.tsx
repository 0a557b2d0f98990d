import { EMOTES, type EmoteName } from '@flux/sdk';
import { useWords } from '../language/use_words.ts';

/** The ten emotes and their keys. */
export const EmoteBar = ({ onEmote }: { readonly onEmote: (name: EmoteName) => void }) => {
  const { emote: words } = useWords();
  return (
    <section className="emote-bar" aria-label={words.title}>
      {EMOTES.map((name, index) => {
        const key = String((index + 1) % 10);
        return (
          <button key={name} type="button" onClick={() => onEmote(name)}>
            <span aria-hidden="true" className="key">
              {key}
            </span>
            <span aria-hidden="true">{words[name]}</span>
            <span className="hidden">{words.key(words[name], key)}</span>
          </button>
        );
      })}
    </section>
  );
};
