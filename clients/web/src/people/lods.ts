// lods: how finely whom is drawn. The nearest are full, then half, quarter, the crowd's small bodies; who
// is beyond all of that is a picture. Who is in a finer level already keeps an advantage, so that nobody
// flickers at a border.

import type { PictureView } from '@flux/sdk';
import { rowPlace, type ShownPlace } from './row_place.ts';

/** How many are drawn at each level, ourselves not counted, and up to how many metres. */
export interface LodLimits {
  readonly full: number;
  readonly half: number;
  readonly quarter: number;
  readonly crowd: number;
  readonly fullReach: number;
  readonly halfReach: number;
  readonly crowdReach: number;
}

/** The same, with all that have bones together held to a number, and how far they go. */
export interface ChoiceLimits extends LodLimits {
  readonly near: number;
  readonly nearReach: number;
}

/** How many go to each level. */
function countsOf({ near, full, half, quarter, crowd }: ChoiceLimits): number[] {
  const first = Math.min(full, near);
  const second = Math.min(half, near - first);
  return [first, second, Math.min(quarter, near - first - second), crowd];
}

/** Levels by number: 0 full to 3 crowd; PICTURE is everybody else. */
export const LEVEL = { full: 0, half: 1, quarter: 2, crowd: 3, picture: 4 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

/** Of the squared distance: what each level keeps of it for those who are in. */
const KEPT = [0.72, 0.78, 0.84, 0.9, 1] as const;
const BEHIND_PENALTY = 3;
/** Sort keys hold the row below and the distance in squared centimetres above. */
const ROW_SPAN = 65536;

export interface Viewpoint {
  readonly x: number;
  readonly z: number;
  /** Unit vector over the ground. */
  readonly lookX: number;
  readonly lookZ: number;
}

/** The nearest, nearest first, and how each is to be drawn. */
export interface Choice {
  readonly ids: Uint32Array;
  readonly levels: Uint8Array;
  count: number;
}

export function newChoice(capacity: number): Choice {
  return { ids: new Uint32Array(capacity), levels: new Uint8Array(capacity), count: 0 };
}

const RINGS = 96;

export class LodChooser {
  private keys = new Float64Array(0);
  private distances = new Float64Array(0);
  private readonly rings = new Uint32Array(RINGS);
  private readonly shown: ShownPlace = { x: 0, y: 0, z: 0, yaw: 0 };

  /**
   * Fills `out` with those who get a body. `levelOf` says at which level somebody is drawn now, `isDrawn`
   * who may be drawn at all; `nearReach` is how far quarters go.
   */
  choose(
    picture: PictureView,
    ticks: number,
    view: Viewpoint,
    limits: ChoiceLimits,
    isDrawn: (row: number) => boolean,
    levelOf: (id: number) => Level,
    out: Choice,
  ): void {
    const counts = countsOf(limits);
    const room = Math.min(
      out.ids.length,
      counts.reduce((sum, count) => sum + count, 0),
    );
    const reaches = [limits.fullReach, limits.halfReach, limits.nearReach, limits.crowdReach];
    this.measure(picture, ticks, view, limits.crowdReach, isDrawn, levelOf);
    const found = this.nearest(picture.count, room);
    out.count = 0;
    let level: number = LEVEL.full;
    let left = counts[level] ?? 0;
    for (let i = 0; i < found; i++) {
      const key = this.keys[i] ?? 0;
      const metres = Math.sqrt(Math.floor(key / ROW_SPAN) / 100);
      while (level < LEVEL.picture && (left <= 0 || metres > (reaches[level] ?? 0))) {
        left = counts[++level] ?? 0;
      }
      if (level >= LEVEL.picture) break;
      out.ids[out.count] = picture.id[key % ROW_SPAN] ?? 0;
      out.levels[out.count++] = level;
      left--;
    }
  }

  /** Squared distances of all rows; infinite for those who are not drawn or too far. */
  private measure(
    picture: PictureView,
    ticks: number,
    view: Viewpoint,
    reach: number,
    isDrawn: (row: number) => boolean,
    levelOf: (id: number) => Level,
  ): void {
    if (this.distances.length < picture.count) {
      this.distances = new Float64Array(picture.capacity);
      this.keys = new Float64Array(picture.capacity);
    }
    this.rings.fill(0);
    for (let row = 0; row < picture.count; row++) {
      this.distances[row] = Infinity;
      if (!isDrawn(row)) continue;
      rowPlace(picture, row, ticks, this.shown);
      const dx = this.shown.x - view.x;
      const dz = this.shown.z - view.z;
      let distance = dx * dx + dz * dz;
      if (distance > reach * reach) continue;
      distance *= KEPT[levelOf(picture.id[row] ?? 0)];
      if (dx * view.lookX + dz * view.lookZ < -2) distance *= BEHIND_PENALTY;
      this.distances[row] = distance;
      this.rings[ringOf(distance)] = (this.rings[ringOf(distance)] ?? 0) + 1;
    }
  }

  /** Sorts only as many as there is room for: rings are counted first. */
  private nearest(rows: number, room: number): number {
    let [inside, last] = [0, 0];
    while (last < RINGS && inside < room) inside += this.rings[last++] ?? 0;
    let found = 0;
    for (let row = 0; row < rows; row++) {
      const distance = this.distances[row] ?? Infinity;
      if (distance === Infinity || ringOf(distance) >= last) continue;
      this.keys[found++] = Math.floor(distance * 100) * ROW_SPAN + row;
    }
    this.keys.subarray(0, found).sort();
    return Math.min(found, room);
  }
}

/** Rings are wider further out. */
function ringOf(squared: number): number {
  return Math.min(RINGS - 1, Math.floor(Math.sqrt(Math.sqrt(squared)) * 8));
}
