// nearest: which rows of the picture are drawn in full. Distances of all rows are taken a few times a
// second; those drawn in full already keep an advantage, so that nobody flickers at the border.

import type { PictureView } from '@flux/sdk';
import { rowPlace, type ShownPlace } from './row_place.ts';

const KEPT_ADVANTAGE = 0.8;
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

export class Nearest {
  private keys = new Float64Array(0);
  private readonly shown: ShownPlace = { x: 0, y: 0, z: 0, yaw: 0 };

  /**
   * Writes the ids of at most `limit` people within `reach` metres to `out`, nearest first, and returns
   * how many. `isKept` says who is in already, `isDrawn` who may be drawn at all.
   */
  choose(
    picture: PictureView,
    ticks: number,
    view: Viewpoint,
    reach: number,
    isDrawn: (row: number) => boolean,
    isKept: (id: number) => boolean,
    out: Uint32Array,
  ): number {
    if (this.keys.length < picture.count) this.keys = new Float64Array(picture.capacity);
    let found = 0;
    for (let row = 0; row < picture.count; row++) {
      if (!isDrawn(row)) continue;
      rowPlace(picture, row, ticks, this.shown);
      const dx = this.shown.x - view.x;
      const dz = this.shown.z - view.z;
      let distance = dx * dx + dz * dz;
      if (distance > reach * reach) continue;
      if (dx * view.lookX + dz * view.lookZ < -2) distance *= BEHIND_PENALTY;
      if (isKept(picture.id[row] ?? 0)) distance *= KEPT_ADVANTAGE;
      this.keys[found++] = Math.floor(distance * 100) * ROW_SPAN + row;
    }
    this.keys.subarray(0, found).sort();
    const count = Math.min(found, out.length);
    for (let i = 0; i < count; i++) out[i] = picture.id[(this.keys[i] ?? 0) % ROW_SPAN] ?? 0;
    return count;
  }
}
