// gait: which steps belong to a speed over the ground: how long they are, how much of a walk and how much
// of a run, so that feet stay where they were put down.

/** Of the middle figure, in metres and metres a second. */
export interface Gait {
  readonly walkStride: number;
  readonly walkSpeed: number;
  readonly runStride: number;
  readonly runSpeed: number;
}

/** What bodies step like until the real clips are here. */
export const USUAL_GAIT: Gait = {
  walkStride: 1.3,
  walkSpeed: 1.4,
  runStride: 2.2,
  runSpeed: 4.2,
};

/** A very slow walk still lifts its feet. */
const LEAST_AMPLITUDE = 0.35;
/** Of the walk's own speed: from here on it swings as far as it can. */
const FULL_SWING = 0.8;

const smooth = (from: number, to: number, value: number) => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** `speed` is the middle figure's: a child's own divided by the length of its legs. */
export function runShare(gait: Gait, speed: number): number {
  return smooth(gait.walkSpeed * 1.4, Math.max(gait.walkSpeed * 1.6, gait.runSpeed * 0.95), speed);
}

/** How much of the walk's swing a slow walk has, which is slower than the walk itself. */
export function amplitude(gait: Gait, speed: number): number {
  return Math.min(1, Math.max(LEAST_AMPLITUDE, Math.sqrt(speed / (FULL_SWING * gait.walkSpeed))));
}

/** Metres that two steps cover. */
export function strideAt(gait: Gait, speed: number): number {
  const run = runShare(gait, speed);
  const long = gait.walkStride + (gait.runStride - gait.walkStride) * run;
  return Math.max(0.2, long * amplitude(gait, speed));
}
