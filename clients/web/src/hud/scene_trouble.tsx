import { useWords } from '../language/use_words.ts';

export type Trouble =
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'lost' };

/** The world cannot be drawn, or no longer. The connection and the chat go on. */
export const SceneTrouble = ({ trouble }: { readonly trouble: Trouble }) => {
  const words = useWords();
  const isLost = trouble.kind === 'lost';
  return (
    <div className="trouble notice" role="alert">
      <strong>{isLost ? words.hud.graphicsLost : words.error.scene}</strong>
      {!isLost && <p>{words.error.sceneText}</p>}
      {!isLost && <p lang="en">{String(trouble.error)}</p>}
      <button type="button" className="chosen" onClick={() => location.reload()}>
        {words.hud.reload}
      </button>
    </div>
  );
};
