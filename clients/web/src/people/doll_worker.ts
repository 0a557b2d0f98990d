// doll_worker: the doll's stage in a thread of its own, so that the door answers at once however long the
// doll takes to draw. Says first whether it can draw at all; then it is sent the canvas, and news.

import { type DollNews, DollStage, type DollStart } from './doll_stage.ts';

export type DollMessage =
  | { readonly canvas: OffscreenCanvas; readonly start: DollStart }
  | { readonly news: DollNews };

/** What it answers: whether it can draw; then that it does, or that it cannot after all. */
export type DollAnswer = 'able' | 'unable' | 'drawing';

// The types of a worker and of a page exclude each other; a worker's postMessage has no origin.
const answer = (said: DollAnswer): void => (postMessage as (message: unknown) => void)(said);

let stage: Promise<DollStage> | null = null;

addEventListener('message', ({ data }: MessageEvent<DollMessage>) => {
  if ('news' in data) {
    void stage?.then((open) => open.take(data.news));
    return;
  }
  stage = DollStage.open(data.canvas, data.start);
  // A promise that fails is no error that the page would hear of.
  stage.then(
    () => answer('drawing'),
    () => answer('unable'),
  );
});

answer(new OffscreenCanvas(1, 1).getContext('webgl2') ? 'able' : 'unable');
