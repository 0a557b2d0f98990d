import { useStore } from 'zustand';
import { bytesText } from '../app/bytes.ts';
import { stageProgressStore } from '../app/stage_loader.ts';
import { useWords } from '../language/use_words.ts';

/** How many bytes of the world's code have come. Nothing once all are here. */
export const StageProgress = () => {
  const words = useWords();
  const { loaded, total, done } = useStore(stageProgressStore);
  if (done) return null;
  const text = words.entry.loadingBytes(bytesText(loaded), bytesText(total));
  return (
    <div className="stage-progress">
      <label htmlFor="stage-progress">{words.entry.loading}</label>
      {total > 0 ? (
        <progress id="stage-progress" value={loaded} max={total}>
          {text}
        </progress>
      ) : (
        <progress id="stage-progress" />
      )}
      <span className="figures">{total > 0 ? text : ''}</span>
    </div>
  );
};
