// preview: a doll on a canvas of the page, for choosing a look. It is drawn by a worker; where browsers
// cannot do that, by the page itself.

import { dollWorker } from 'virtual:doll-worker';
import type { LookCode } from '@flux/sdk';
import type { DollNews, DollSize, DollStart } from './doll_stage.ts';
import type { DollAnswer, DollMessage } from './doll_worker.ts';

export interface AvatarPreview {
  set(look: LookCode): void;
  dispose(): void;
}

interface Stage {
  take(news: DollNews): void;
  dispose(): void;
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): DollSize => ({
  width: clientWidth,
  height: clientHeight,
  ratio: globalThis.devicePixelRatio || 1,
});

/** The worker's first word, or its next. One that could not be started cannot draw. */
const heard = (worker: Worker): Promise<DollAnswer> =>
  new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data as DollAnswer);
    worker.onerror = () => resolve('unable');
  });

const openWorker = async (): Promise<Worker | null> => {
  if (!('transferControlToOffscreen' in HTMLCanvasElement.prototype)) return null;
  const worker = new Worker(dollWorker, { type: 'module' });
  if ((await heard(worker)) === 'able') return worker;
  worker.terminate();
  return null;
};

const stageInWorker = async (
  worker: Worker,
  canvas: HTMLCanvasElement,
  start: DollStart,
): Promise<Stage> => {
  const send = (message: DollMessage, owned: Transferable[] = []): void =>
    worker.postMessage(message, owned);
  const offscreen = canvas.transferControlToOffscreen();
  send({ canvas: offscreen, start }, [offscreen]);
  if ((await heard(worker)) !== 'drawing') {
    worker.terminate();
    throw new Error('The worker could not draw the avatar.');
  }
  return { take: (news) => send({ news }), dispose: () => worker.terminate() };
};

const openStage = async (canvas: HTMLCanvasElement, start: DollStart): Promise<Stage> => {
  const worker = await openWorker();
  if (worker) return stageInWorker(worker, canvas, start);
  const { DollStage } = await import('./doll_stage.ts');
  return DollStage.open(canvas, start);
};

/** Tells the stage what only the page knows. Returns what ends that. */
const watchPage = (canvas: HTMLCanvasElement, stage: Stage): (() => void) => {
  const ended = new AbortController();
  const moved = ({ clientX, clientY }: PointerEvent): void => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const x = (clientX - left - width / 2) / Math.max(1, width);
    const y = (clientY - top - height * 0.3) / Math.max(1, height);
    stage.take({ pointer: { x, y } });
  };
  addEventListener('pointermove', moved, { signal: ended.signal, passive: true });
  const sized = new ResizeObserver(() => stage.take({ size: sizeOf(canvas) }));
  sized.observe(canvas);
  // Draws only while shown: an unseen canvas costs nothing, and a hidden page asks for no frames.
  const seen = new IntersectionObserver((entries) =>
    stage.take({ isSeen: entries.some((entry) => entry.isIntersecting) }),
  );
  seen.observe(canvas);
  return () => {
    ended.abort();
    sized.disconnect();
    seen.disconnect();
  };
};

/** Settles when the doll is there. The canvas is its own from then on, also after it was disposed of. */
export const mountAvatarPreview = async (
  canvas: HTMLCanvasElement,
  look: LookCode,
  isStill: boolean,
): Promise<AvatarPreview> => {
  const stage = await openStage(canvas, { look, size: sizeOf(canvas), isStill });
  const unwatch = watchPage(canvas, stage);
  return {
    set: (next) => stage.take({ look: next }),
    dispose: () => {
      unwatch();
      stage.dispose();
    },
  };
};
