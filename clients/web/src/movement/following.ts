// following: walking after somebody, a polite distance behind or beside them, round what is between.

import type { EntityId } from '@flux/sdk';
import { WalkErrand } from './walk_errand.ts';
import type { WalkMap } from './walk_map.ts';
import type { WalkingBody, Wish } from './walking_body.ts';

export const FOLLOW_METRES = 1.8;
/** One comes to rest within the one, and sets out again beyond the other. */
const REST_WITHIN = 2;
const SET_OUT_BEYOND = 2.7;
const RUN_BEYOND = 4.5;
/** Farther away than this one looks for a way even if it seems straight. */
const STRAIGHT_MOST = 14;
const LOOK_EVERY_SECONDS = 0.25;
/** A way is looked for anew when they have gone this far from where it leads. */
const STALE_METRES = 2.5;
const GIVE_UP_SECONDS = 10;
const RETRY_SECONDS = 0.7;
/** Slower than this they stand. */
const WALKING = 0.4;

const STILL: Wish = { x: 0, z: 0, jump: false };

export interface Followed {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Turns. */
  readonly yaw: number;
}

export interface Paces {
  readonly walk: number;
  readonly run: number;
}

export class Following {
  readonly id: EntityId;
  /** Radians: where to look while one rests; null on the way. */
  facing: number | null = null;
  private readonly map: WalkMap;
  private isResting = false;
  private isStraight = false;
  private sinceLook = Infinity;
  private errand: WalkErrand | null = null;
  private lost = 0;
  private untilRetry = 0;
  private speed = 0;
  private before: { x: number; z: number } | null = null;

  constructor(id: EntityId, map: WalkMap) {
    this.id = id;
    this.map = map;
  }

  /** The next wish; null when there has been no way to them for long. */
  wish(body: WalkingBody, them: Followed, paces: Paces, delta: number): Wish | null {
    this.clockTheirSpeed(them, delta);
    const apart = Math.hypot(them.x - body.x, them.z - body.z);
    const isLevel = Math.abs(them.y - body.y) < 2;
    if (isLevel && apart < (this.isResting ? SET_OUT_BEYOND : REST_WITHIN)) {
      this.rest(body, them);
      return STILL;
    }
    this.isResting = false;
    this.facing = null;
    const goal = this.goal(body, them, apart);
    const pace = this.pace(apart, paces);
    this.look(body, goal, delta);
    if (this.isStraight) return towards(body, goal, pace);
    return this.byErrand(body, goal, pace, delta);
  }

  private rest(body: WalkingBody, them: Followed): void {
    this.isResting = true;
    this.errand = null;
    this.lost = 0;
    this.facing = Math.atan2(-(them.x - body.x), -(them.z - body.z));
  }

  private clockTheirSpeed(them: Followed, delta: number): void {
    const { before } = this;
    if (before && delta > 0) {
      const speed = Math.min(10, Math.hypot(them.x - before.x, them.z - before.z) / delta);
      this.speed += (speed - this.speed) * (1 - Math.exp(-5 * delta));
    }
    this.before = { x: them.x, z: them.z };
  }

  /** On our side of them; when they walk, nearer to their back: nobody likes to be led by who follows. */
  private goal(body: WalkingBody, them: Followed, apart: number): Followed {
    const turn = them.yaw * Math.PI * 2;
    const share = this.speed > WALKING ? 0.8 : 0;
    const x = (body.x - them.x) / Math.max(apart, 0.01) + Math.sin(turn) * share;
    const z = (body.z - them.z) / Math.max(apart, 0.01) + Math.cos(turn) * share;
    const length = Math.max(Math.hypot(x, z), 0.01);
    const reach = FOLLOW_METRES / length;
    return { x: them.x + x * reach, y: them.y, z: them.z + z * reach, yaw: them.yaw };
  }

  private pace(apart: number, paces: Paces): number {
    if (apart > RUN_BEYOND) return paces.run;
    const closing = Math.max(0.8, this.speed + (apart - FOLLOW_METRES) * 1.6);
    return Math.min(
      this.speed > paces.walk ? paces.run : Math.max(paces.walk, this.speed),
      closing,
    );
  }

  private look(body: WalkingBody, goal: Followed, delta: number): void {
    this.sinceLook += delta;
    if (this.sinceLook < LOOK_EVERY_SECONDS) return;
    this.sinceLook = 0;
    const apart = Math.hypot(goal.x - body.x, goal.z - body.z);
    this.isStraight =
      apart < STRAIGHT_MOST && this.map.isStraight(body.x, body.y, body.z, goal.x, goal.y, goal.z);
    if (!this.isStraight) return;
    this.errand = null;
    this.lost = 0;
  }

  private byErrand(body: WalkingBody, goal: Followed, pace: number, delta: number): Wish | null {
    this.lost += delta;
    this.untilRetry -= delta;
    if (this.lost > GIVE_UP_SECONDS) return null;
    const target = this.errand?.target;
    const isStale = target && Math.hypot(target.x - goal.x, target.z - goal.z) > STALE_METRES;
    if ((!target && this.untilRetry <= 0) || isStale) {
      this.errand?.interrupt();
      this.errand = new WalkErrand(this.map, { ...goal });
    }
    const wish = this.errand?.wish(body, pace, delta);
    if (wish && (wish.x !== 0 || wish.z !== 0)) this.lost = 0;
    if (wish) return wish;
    // There, as near as one gets, or no way: they may come nearer yet.
    if (this.errand) this.untilRetry = RETRY_SECONDS;
    this.errand = null;
    return STILL;
  }
}

function towards(body: WalkingBody, goal: Followed, pace: number): Wish {
  const [dx, dz] = [goal.x - body.x, goal.z - body.z];
  const left = Math.hypot(dx, dz);
  if (left < 0.05) return STILL;
  const speed = Math.min(pace, left * 5) / left;
  return { x: dx * speed, z: dz * speed, jump: false };
}
