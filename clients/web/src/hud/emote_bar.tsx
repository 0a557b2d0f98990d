import { EMOTES, type EmoteName } from '@flux/sdk';
import { useWords } from '../language/use_words.ts';
import { EMOTE_KEYS } from './emote_keys.ts';
import { Icon } from './icon.tsx';

/** The twelve emotes and their keys. */
export const EmoteBar = ({ onEmote }: { readonly onEmote: (name: EmoteName) => void }) => {
  const { emote: words } = useWords();
  return (
    <section className="emote-bar glass" aria-label={words.title}>
      {EMOTES.map((name, index) => (
        <button
          key={name}
          type="button"
          data-key={EMOTE_KEYS[index]}
          aria-label={words.key(words[name], EMOTE_KEYS[index] ?? '')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onEmote(name)}
        >
          <Icon name={name} />
          <span>{words[name]}</span>
        </button>
      ))}
    </section>
  );
};
