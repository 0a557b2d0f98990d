export interface StickPoint {
  readonly x: number;
  readonly y: number;
  readonly run: boolean;
}

const RUN_BEYOND = 0.92; // of its reach: pushed to the edge
const STILL_WITHIN = 0.12; // a thumb that rests is not a step

/** What a push means: x right, y forward, both in reaches; never longer than one. */
export const stickPoint = (x: number, y: number): StickPoint => {
  const length = Math.hypot(x, y);
  if (length < STILL_WITHIN) return { x: 0, y: 0, run: false };
  const most = Math.max(1, length);
  return { x: x / most, y: y / most, run: length >= RUN_BEYOND };
};
