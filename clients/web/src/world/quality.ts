// quality: what each level of the quality setting means.

import type { Quality } from '../settings/settings.ts';

export interface QualityPlan {
  /** Device pixels to a CSS pixel: the most, and the least the pace may lower it to. */
  readonly pixelRatio: readonly [least: number, most: number];
  /** Pixels of the shadow map; 0 for spots instead of shadows. */
  readonly shadowMap: number;
  /** Half the side of the square around us that has shadows, metres. */
  readonly shadowReach: number;
  /** The shadow map is drawn every so many frames. */
  readonly shadowEvery: number;
  /** Smooth edges, and clouds painted on the sky: what costs a weak graphics card most. */
  readonly isRich: boolean;
  readonly nearPeople: number;
  readonly nearReach: number;
  readonly farReach: number;
  readonly names: number;
  readonly pointLights: number;
}

export const QUALITY: Readonly<Record<Quality, QualityPlan>> = {
  low: {
    pixelRatio: [0.66, 1],
    shadowMap: 0,
    shadowReach: 0,
    shadowEvery: 1,
    isRich: false,
    nearPeople: 10,
    nearReach: 12,
    farReach: 110,
    names: 12,
    pointLights: 0,
  },
  medium: {
    pixelRatio: [1, 1.5],
    shadowMap: 1024,
    shadowReach: 22,
    shadowEvery: 2,
    isRich: true,
    nearPeople: 26,
    nearReach: 20,
    farReach: 220,
    names: 18,
    pointLights: 3,
  },
  high: {
    pixelRatio: [1, 2],
    shadowMap: 2048,
    shadowReach: 34,
    shadowEvery: 1,
    isRich: true,
    nearPeople: 48,
    nearReach: 28,
    farReach: 600,
    names: 24,
    pointLights: 4,
  },
};

const SLOW_MS = 22;
const FAST_MS = 14;
const SLOW_SECONDS = 2;
const FAST_SECONDS = 6;

/** Lowers the pixel ratio when frames come slowly for a while, and raises it again when they do not. */
export class Pace {
  private ratio: number;
  private slow = 0;
  private fast = 0;
  private readonly least: number;
  private readonly most: number;

  constructor(plan: QualityPlan, deviceRatio: number) {
    this.most = Math.min(plan.pixelRatio[1], deviceRatio);
    this.least = Math.min(plan.pixelRatio[0], this.most);
    this.ratio = this.most;
  }

  get pixelRatio(): number {
    return this.ratio;
  }

  /** One frame's distance from the last, in seconds; true when the ratio changed. */
  frame(delta: number): boolean {
    const ms = delta * 1000;
    this.slow = ms > SLOW_MS ? this.slow + delta : 0;
    this.fast = ms < FAST_MS ? this.fast + delta : 0;
    const before = this.ratio;
    if (this.slow > SLOW_SECONDS) this.set(this.ratio * 0.85);
    else if (this.fast > FAST_SECONDS) this.set(this.ratio * 1.1);
    return this.ratio !== before;
  }

  private set(ratio: number): void {
    this.slow = this.fast = 0;
    this.ratio = Math.min(this.most, Math.max(this.least, ratio));
  }
}
