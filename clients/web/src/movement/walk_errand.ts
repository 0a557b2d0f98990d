// walk_errand: walking to a place by itself, along a way round what stands between. Looks for another
// way when it is stopped, and gives up when there is none.

import { BODY } from './body_shape.ts';
import type { WalkMap } from './walk_map.ts';
import type { WalkingBody, Wish } from './walking_body.ts';
import { WaySearch, type WaySpot, type WayTarget } from './way_search.ts';

const ARRIVED_METRES = 0.3;
/** A turning point is passed when one is this near. */
const PASSED_METRES = 0.4;
const SEARCH_MS = 2; // a frame
const STOPPED_SECONDS = 0.5;
/** Slower than this share of what was wished for is being stopped. */
const STOPPED_SHARE = 0.3;
const SEARCHES_MAX = 4;
/** What is too high to step onto is jumped onto from this near. */
const JUMP_WITHIN = 1;
const SLOWEST = 0.9; // metres a second, on the last metre

const STILL: Wish = { x: 0, z: 0, jump: false };

export class WalkErrand {
  readonly target: WayTarget;
  readonly finished: Promise<void>;
  private readonly map: WalkMap;
  private search: WaySearch | null = null;
  private searches = 0;
  private way: WaySpot[] = [];
  private next = 0;
  private stopped = 0;
  private isOver = false;
  private resolve: () => void = () => {};
  private reject: (reason: Error) => void = () => {};

  constructor(map: WalkMap, target: WayTarget) {
    this.map = map;
    this.target = target;
    this.finished = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever asked may not care how it ends.
    this.finished.catch(() => {});
  }

  /** Where it ends, as far as is known. */
  get end(): WaySpot | null {
    return this.way[this.way.length - 1] ?? null;
  }

  interrupt(): void {
    this.fail('The walk was interrupted.');
  }

  /** The next wish at `speed` metres a second, or null when the errand is over. */
  wish(body: WalkingBody, speed: number, delta: number): Wish | null {
    if (this.isOver) return null;
    if (this.way.length === 0 && !this.findWay(body)) return this.isOver ? null : STILL;
    this.passSpots(body);
    const spot = this.way[this.next];
    if (!spot) {
      this.isOver = true;
      this.resolve();
      return null;
    }
    const [dx, dz] = [spot.x - body.x, spot.z - body.z];
    const left = Math.hypot(dx, dz);
    const isLast = this.next === this.way.length - 1;
    const pace = isLast ? Math.min(speed, Math.max(SLOWEST, left * 3)) : speed;
    this.watchWalls(body, pace, delta);
    if (this.isOver) return null;
    const isAbove = spot.y - body.y > BODY.step;
    const jump = isAbove && left < JUMP_WITHIN && body.isGrounded;
    return { x: (dx / left) * pace, z: (dz / left) * pace, jump, hold: isAbove };
  }

  /** True once the way is known. */
  private findWay(body: WalkingBody): boolean {
    this.search ??= new WaySearch(this.map, { x: body.x, y: body.y, z: body.z }, this.target);
    this.search.run(SEARCH_MS);
    const { state, way } = this.search;
    if (state === 'none') this.fail('There is no way through.');
    if (state !== 'found') return false;
    this.search = null;
    this.way = way;
    this.next = 0;
    return true;
  }

  private passSpots(body: WalkingBody): void {
    for (; this.next < this.way.length; this.next++) {
      const spot = this.way[this.next];
      if (!spot) return;
      const isLast = this.next === this.way.length - 1;
      const near = isLast ? ARRIVED_METRES : PASSED_METRES;
      if (Math.hypot(spot.x - body.x, spot.z - body.z) > near) return;
      if (spot.y - body.y > BODY.step) return;
    }
  }

  private watchWalls(body: WalkingBody, wished: number, delta: number): void {
    this.stopped = body.speed < wished * STOPPED_SHARE ? this.stopped + delta : 0;
    if (this.stopped < STOPPED_SECONDS) return;
    this.stopped = 0;
    this.way = [];
    if (++this.searches >= SEARCHES_MAX) this.fail('There is no way through.');
  }

  private fail(why: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.reject(new Error(why));
  }
}
