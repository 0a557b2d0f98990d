import { Emblem } from '../entry/emblem.tsx';
import { useWords } from '../language/use_words.ts';

/** We are in already; the world is still being drawn for the first time. */
export const WorldLoading = () => {
  const { hud: words } = useWords();
  return (
    <div className="world-loading" role="status">
      <Emblem />
      <p>{words.loading}</p>
    </div>
  );
};
