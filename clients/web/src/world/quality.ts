// quality: what each level of the quality setting means.

import type { Quality } from '../settings/settings.ts';
import type { EyeDetail } from './forms.ts';

export interface QualityPlan {
  readonly level: Exclude<Quality, 'auto'>;
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
  /** Of what the world is built of. */
  readonly detail: EyeDetail;
  /** Metres: things of usual size are drawn in full so far, and from fewer triangles beyond. */
  readonly fullReach: number;
  readonly names: number;
  readonly pointLights: number;
}

const PLANS: Readonly<Record<Exclude<Quality, 'auto'>, QualityPlan>> = {
  low: {
    level: 'low',
    pixelRatio: [0.75, 1],
    shadowMap: 0,
    shadowReach: 0,
    shadowEvery: 1,
    isRich: false,
    detail: 'light',
    fullReach: 0,
    names: 12,
    pointLights: 0,
  },
  medium: {
    level: 'medium',
    pixelRatio: [1, 1.5],
    shadowMap: 1024,
    shadowReach: 22,
    shadowEvery: 2,
    isRich: true,
    detail: 'fine',
    fullReach: 34,
    names: 18,
    pointLights: 3,
  },
  high: {
    level: 'high',
    pixelRatio: [1, 2],
    shadowMap: 2048,
    shadowReach: 34,
    shadowEvery: 1,
    isRich: true,
    detail: 'fine',
    fullReach: 60,
    names: 24,
    pointLights: 4,
  },
};

export interface Device {
  /** Its pointer is a finger. */
  readonly isTouch: boolean;
  readonly cores: number;
}

export const thisDevice = (): Device => ({
  isTouch: matchMedia('(pointer: coarse)').matches,
  cores: navigator.hardwareConcurrency,
});

/**
 * 'auto' starts from what the device should manage; what one would see change (what the world is built
 * of, shadows) then stays, and the pace does the rest.
 */
export function planFor(quality: Quality, device: Device): QualityPlan {
  if (quality !== 'auto') return PLANS[quality];
  return device.isTouch || device.cores <= 2 ? PLANS.low : PLANS.high;
}

const SLOW_MS = 22;
const FAST_MS = 14;
const SLOW_SECONDS = 2;
const FAST_SECONDS = 6;
const LEAST_SHARE = 0.25;

/**
 * Steps down when frames come slowly for a while, and up again when they do not: first the pixel ratio,
 * and when `adapts` then also how many people are drawn in full.
 */
export class Pace {
  /** Of the plan's people and names. */
  share = 1;
  private ratio: number;
  private slow = 0;
  private fast = 0;
  private readonly least: number;
  private readonly most: number;
  private readonly adapts: boolean;

  constructor(plan: QualityPlan, deviceRatio: number, adapts = false) {
    this.most = Math.min(plan.pixelRatio[1], deviceRatio);
    this.least = Math.min(plan.pixelRatio[0], this.most);
    this.ratio = this.most;
    this.adapts = adapts;
  }

  get pixelRatio(): number {
    return this.ratio;
  }

  /** One frame's distance from the last, in seconds; true when ratio or share changed. */
  frame(delta: number): boolean {
    const ms = delta * 1000;
    this.slow = ms > SLOW_MS ? this.slow + delta : 0;
    this.fast = ms < FAST_MS ? this.fast + delta : 0;
    const [ratio, share] = [this.ratio, this.share];
    if (this.slow > SLOW_SECONDS) this.stepDown();
    else if (this.fast > FAST_SECONDS) this.stepUp();
    return this.ratio !== ratio || this.share !== share;
  }

  private stepDown(): void {
    this.slow = this.fast = 0;
    if (this.ratio > this.least) this.ratio = Math.max(this.least, this.ratio * 0.88);
    else if (this.adapts) this.share = Math.max(LEAST_SHARE, this.share - 0.15);
  }

  private stepUp(): void {
    this.slow = this.fast = 0;
    if (this.share < 1) this.share = Math.min(1, this.share + 0.15);
    else this.ratio = Math.min(this.most, this.ratio * 1.08);
  }
}
