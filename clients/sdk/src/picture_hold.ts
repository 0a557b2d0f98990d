/** How long a drawn segment lasts at each level, in ticks: near, middle, far. */
export type PictureHold = readonly [number, number, number];

const NEAR_LEAST = 2;
const NEAR_MOST = 8;
const STEP = 0.5; // smaller changes are not worth a jerk

/**
 * The period of each level plus room for jitter: news that come later than their segment lasts make
 * people stop and start. On a quiet network it is the codec's own 2.5, 6 and 24.
 */
export const holdForJitter = (jitterTicks: number): PictureHold => {
  const room = Math.ceil((1 + 3 * jitterTicks) / STEP) * STEP;
  const near = Math.min(NEAR_MOST, Math.max(NEAR_LEAST + STEP, 1 + room));
  return [near, near + 3.5, near + 21.5];
};
