// limits: how many people are drawn how finely at each quality, and how far.

import type { ChoiceLimits } from './lods.ts';

export interface CrowdLimits extends ChoiceLimits {
  /** Beyond this many metres nobody is drawn at all. */
  readonly farReach: number;
}

/** The least one may ask for: how many with bones, how far they go, how far anybody is drawn. */
export type CrowdWish = Pick<CrowdLimits, 'near' | 'nearReach' | 'farReach'> & Partial<CrowdLimits>;

const CROWD_LIMITS = {
  high: {
    near: 100,
    full: 16,
    half: 34,
    quarter: 50,
    crowd: 140,
    fullReach: 14,
    halfReach: 28,
    nearReach: 45,
    crowdReach: 120,
    farReach: 400,
  },
  medium: {
    near: 44,
    full: 6,
    half: 14,
    quarter: 24,
    crowd: 80,
    fullReach: 9,
    halfReach: 18,
    nearReach: 32,
    crowdReach: 70,
    farReach: 300,
  },
  low: {
    near: 7,
    full: 1,
    half: 0,
    quarter: 6,
    crowd: 24,
    fullReach: 6,
    halfReach: 0,
    nearReach: 16,
    crowdReach: 30,
    farReach: 200,
  },
} as const satisfies Record<string, CrowdLimits>;

/** The limits of a quality; `share` below 1 draws fewer with bones and fewer small ones. */
export function crowdLimits(quality: keyof typeof CROWD_LIMITS, share = 1): CrowdLimits {
  const limits: CrowdLimits = CROWD_LIMITS[quality];
  const of = (count: number) => Math.round(count * share);
  return {
    ...limits,
    near: of(limits.near),
    full: Math.max(1, of(limits.full)),
    half: of(limits.half),
    quarter: of(limits.quarter),
    crowd: of(limits.crowd),
  };
}

/** What a wish leaves open, in the proportions of high quality. */
export function completeLimits(wish: CrowdWish): CrowdLimits {
  const { high } = CROWD_LIMITS;
  const part = wish.near / high.near;
  const way = wish.nearReach / high.nearReach;
  const full = Math.max(1, Math.round(high.full * part));
  const half = Math.round(high.half * part);
  return {
    full,
    half,
    quarter: Math.max(0, wish.near - full - half),
    crowd: Math.round(high.crowd * part),
    fullReach: high.fullReach * way,
    halfReach: high.halfReach * way,
    crowdReach: high.crowdReach * way,
    ...wish,
  };
}
