// triangle_grid: what one can bump into, as triangles sorted into a uniform grid over the ground.
// Built once; queries allocate next to nothing. Besides the triangles there is level ground at height 0
// everywhere; queries leave it to who asks.

import { GROUND_KINDS, type GroundKind } from '../world/world_features.ts';
import { type Sweep, sweepTriangle } from './sphere_sweep.ts';

export interface RayHit {
  distance: number;
  triangle: number;
  /** Of the surface, towards where the ray came from. */
  nx: number;
  ny: number;
  nz: number;
}

/** Triangles with this flag do not push the camera: posts, trunks and the like. */
export const THIN = 1;

const CELL = 4; // metres
const ACROSS_MAX = 512;

export class TriangleGrid {
  /** Nine numbers a triangle. */
  readonly corners: Float32Array;
  readonly flags: Uint8Array;
  readonly count: number;
  /** What the level ground is. */
  readonly levelGround: GroundKind;
  /** Of GROUND_KINDS, a triangle each. */
  private readonly kinds: Uint8Array;
  /** Least x, y, z and most x, y, z of each triangle. */
  private readonly boxes: Float32Array;
  private readonly least: readonly [number, number];
  private readonly cell: number;
  private readonly columns: number;
  private readonly rows: number;
  /** Where each cell's list begins in `lists`; one more at the end. */
  private readonly starts: Uint32Array;
  private readonly lists: Uint32Array;
  private readonly stamps: Uint32Array;
  private stamp = 0;
  private readonly found: Uint32Array;

  /** `kinds`: positions in GROUND_KINDS; without them everything is stone. */
  constructor(
    corners: Float32Array,
    flags: Uint8Array,
    kinds: Uint8Array = new Uint8Array(flags.length),
    levelGround: GroundKind = 'grass',
  ) {
    if (corners.length !== flags.length * 9 || kinds.length !== flags.length)
      throw new RangeError('Corners, flags and kinds tell of different numbers of triangles.');
    this.corners = corners;
    this.flags = flags;
    this.kinds = kinds;
    this.levelGround = levelGround;
    this.count = flags.length;
    this.boxes = boxesOf(corners);
    const box = bounds(this.boxes);
    const extent = Math.max(box[2] - box[0], box[3] - box[1], CELL);
    this.cell = Math.max(CELL, extent / ACROSS_MAX);
    this.least = [box[0], box[1]];
    this.columns = Math.floor((box[2] - box[0]) / this.cell) + 1;
    this.rows = Math.floor((box[3] - box[1]) / this.cell) + 1;
    this.stamps = new Uint32Array(this.count);
    this.found = new Uint32Array(this.count);
    [this.starts, this.lists] = this.sortIn();
  }

  private sortIn(): [Uint32Array, Uint32Array] {
    const starts = new Uint32Array(this.columns * this.rows + 1);
    const add = (cell: number, amount: number) => {
      starts[cell] = (starts[cell] ?? 0) + amount;
    };
    for (let i = 0; i < this.count; i++) this.cellsOf(i, (cell) => add(cell + 1, 1));
    for (let cell = 1; cell < starts.length; cell++) add(cell, starts[cell - 1] ?? 0);
    const lists = new Uint32Array(starts[starts.length - 1] ?? 0);
    const next = starts.slice();
    for (let i = 0; i < this.count; i++) {
      this.cellsOf(i, (cell) => {
        const place = next[cell] ?? 0;
        lists[place] = i;
        next[cell] = place + 1;
      });
    }
    return [starts, lists];
  }

  private cellsOf(triangle: number, visit: (cell: number) => void): void {
    const b = this.boxes;
    const at = triangle * 6;
    const [column0, column1] = [this.column(b[at] ?? 0), this.column(b[at + 3] ?? 0)];
    const [row0, row1] = [this.row(b[at + 2] ?? 0), this.row(b[at + 5] ?? 0)];
    for (let row = row0; row <= row1; row++) {
      for (let column = column0; column <= column1; column++) visit(row * this.columns + column);
    }
  }

  private column(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.least[0]) / this.cell)));
  }

  private row(z: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((z - this.least[1]) / this.cell)));
  }

  /** What one stands on when that is this triangle. */
  groundOf(triangle: number): GroundKind {
    return GROUND_KINDS[this.kinds[triangle] ?? 0] ?? 'stone';
  }

  /** Triangles whose boxes touch the square, between two heights; good until the next query. */
  near(x: number, z: number, reach: number, low = -Infinity, high = Infinity): Uint32Array {
    return this.within(x - reach, z - reach, x + reach, z + reach, low, high);
  }

  private within(
    x0: number,
    z0: number,
    x1: number,
    z1: number,
    y0 = -Infinity,
    y1 = Infinity,
  ): Uint32Array {
    const b = this.boxes;
    this.stamp++;
    let found = 0;
    const [column0, column1] = [this.column(x0), this.column(x1)];
    for (let row = this.row(z0); row <= this.row(z1); row++) {
      for (let column = column0; column <= column1; column++) {
        const cell = row * this.columns + column;
        const end = this.starts[cell + 1] ?? 0;
        for (let i = this.starts[cell] ?? 0; i < end; i++) {
          const triangle = this.lists[i] ?? 0;
          if (this.stamps[triangle] === this.stamp) continue;
          this.stamps[triangle] = this.stamp;
          const at = triangle * 6;
          if ((b[at] ?? 0) > x1 || (b[at + 3] ?? 0) < x0) continue;
          if ((b[at + 2] ?? 0) > z1 || (b[at + 5] ?? 0) < z0) continue;
          if ((b[at + 1] ?? 0) > y1 || (b[at + 4] ?? 0) < y0) continue;
          this.found[found++] = triangle;
        }
      }
    }
    return this.found.subarray(0, found);
  }

  /**
   * The nearest triangle along a unit direction, from either side, or null. Triangles with any of the
   * flags in `except` let it through.
   */
  cast(
    x: number,
    y: number,
    z: number,
    dx: number,
    dy: number,
    dz: number,
    reach: number,
    except = 0,
  ): RayHit | null {
    const candidates = this.along(x, y, z, dx * reach, dy * reach, dz * reach, 1e-4);
    let best = reach;
    let winner = -1;
    for (const triangle of candidates) {
      if (((this.flags[triangle] ?? 0) & except) !== 0) continue;
      const distance = this.meet(triangle, x, y, z, dx, dy, dz);
      if (distance >= 0 && distance < best) {
        best = distance;
        winner = triangle;
      }
    }
    return winner < 0 ? null : this.hit(winner, best, dx, dy, dz);
  }

  /** How far a ball can go before it touches something: `reach` when nothing is in the way. */
  sweep(ball: Sweep, reach: number, except = 0): number {
    const { x, y, z, dx, dy, dz, radius } = ball;
    let free = reach;
    for (const triangle of this.along(x, y, z, dx * reach, dy * reach, dz * reach, radius)) {
      if (((this.flags[triangle] ?? 0) & except) !== 0) continue;
      free = Math.min(free, sweepTriangle(this.corners, triangle, ball, free));
    }
    return free;
  }

  /**
   * Every surface over and under a place, however steep, from the lowest up: heights to `heights` and
   * triangles to `triangles`. Returns how many; what is beyond the arrays' length is left out.
   */
  surfaces(x: number, z: number, heights: Float32Array, triangles: Uint32Array): number {
    let count = 0;
    for (const triangle of this.within(x, z, x, z)) {
      const height = this.heightAt(triangle, x, z);
      if (Number.isNaN(height) || count === heights.length) continue;
      let place = count++;
      for (; place > 0 && (heights[place - 1] ?? 0) > height; place--) {
        heights[place] = heights[place - 1] ?? 0;
        triangles[place] = triangles[place - 1] ?? 0;
      }
      heights[place] = height;
      triangles[place] = triangle;
    }
    return count;
  }

  /** Of a triangle over a place; NaN when it is not there or stands upright. */
  private heightAt(triangle: number, x: number, z: number): number {
    const c = this.corners;
    const at = triangle * 9;
    const [px, pz] = [c[at] ?? 0, c[at + 2] ?? 0];
    const [ax, az] = [(c[at + 3] ?? 0) - px, (c[at + 5] ?? 0) - pz];
    const [bx, bz] = [(c[at + 6] ?? 0) - px, (c[at + 8] ?? 0) - pz];
    const area = ax * bz - az * bx;
    if (Math.abs(area) < 1e-9) return Number.NaN;
    const [qx, qz] = [x - px, z - pz];
    const [s, t] = [(qx * bz - qz * bx) / area, (ax * qz - az * qx) / area];
    if (s < 0 || t < 0 || s + t > 1) return Number.NaN;
    const y = c[at + 1] ?? 0;
    return y + ((c[at + 4] ?? 0) - y) * s + ((c[at + 7] ?? 0) - y) * t;
  }

  /** Triangles whose boxes touch that of a way, as thick as `thick`. */
  private along(
    x: number,
    y: number,
    z: number,
    wayX: number,
    wayY: number,
    wayZ: number,
    thick: number,
  ): Uint32Array {
    return this.within(
      Math.min(x, x + wayX) - thick,
      Math.min(z, z + wayZ) - thick,
      Math.max(x, x + wayX) + thick,
      Math.max(z, z + wayZ) + thick,
      Math.min(y, y + wayY) - thick,
      Math.max(y, y + wayY) + thick,
    );
  }

  private hit(triangle: number, distance: number, dx: number, dy: number, dz: number): RayHit {
    const [nx, ny, nz] = this.normal(triangle);
    const side = nx * dx + ny * dy + nz * dz > 0 ? -1 : 1;
    return { distance, triangle, nx: nx * side, ny: ny * side, nz: nz * side };
  }

  normal(triangle: number): [number, number, number] {
    const c = this.corners;
    const at = triangle * 9;
    const [x, y, z] = [c[at] ?? 0, c[at + 1] ?? 0, c[at + 2] ?? 0];
    const [ax, ay, az] = [(c[at + 3] ?? 0) - x, (c[at + 4] ?? 0) - y, (c[at + 5] ?? 0) - z];
    const [bx, by, bz] = [(c[at + 6] ?? 0) - x, (c[at + 7] ?? 0) - y, (c[at + 8] ?? 0) - z];
    const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    const length = Math.hypot(nx, ny, nz) || 1;
    return [nx / length, ny / length, nz / length];
  }

  /** Möller and Trumbore's intersection; -1 for none. */
  private meet(
    triangle: number,
    x: number,
    y: number,
    z: number,
    dx: number,
    dy: number,
    dz: number,
  ): number {
    const c = this.corners;
    const at = triangle * 9;
    const [px, py, pz] = [c[at] ?? 0, c[at + 1] ?? 0, c[at + 2] ?? 0];
    const [ax, ay, az] = [(c[at + 3] ?? 0) - px, (c[at + 4] ?? 0) - py, (c[at + 5] ?? 0) - pz];
    const [bx, by, bz] = [(c[at + 6] ?? 0) - px, (c[at + 7] ?? 0) - py, (c[at + 8] ?? 0) - pz];
    const [hx, hy, hz] = [dy * bz - dz * by, dz * bx - dx * bz, dx * by - dy * bx];
    const determinant = ax * hx + ay * hy + az * hz;
    if (Math.abs(determinant) < 1e-9) return -1;
    const inverse = 1 / determinant;
    const [sx, sy, sz] = [x - px, y - py, z - pz];
    const u = inverse * (sx * hx + sy * hy + sz * hz);
    if (u < 0 || u > 1) return -1;
    const [qx, qy, qz] = [sy * az - sz * ay, sz * ax - sx * az, sx * ay - sy * ax];
    const v = inverse * (dx * qx + dy * qy + dz * qz);
    if (v < 0 || u + v > 1) return -1;
    return inverse * (bx * qx + by * qy + bz * qz);
  }
}

function boxesOf(corners: Float32Array): Float32Array {
  const boxes = new Float32Array((corners.length / 9) * 6);
  for (let triangle = 0; triangle < corners.length / 9; triangle++) {
    for (let axis = 0; axis < 3; axis++) {
      const at = triangle * 9 + axis;
      const [a, b, c] = [corners[at] ?? 0, corners[at + 3] ?? 0, corners[at + 6] ?? 0];
      boxes[triangle * 6 + axis] = Math.min(a, b, c);
      boxes[triangle * 6 + axis + 3] = Math.max(a, b, c);
    }
  }
  return boxes;
}

/** [least x, least z, most x, most z]. */
function bounds(boxes: Float32Array): [number, number, number, number] {
  if (boxes.length === 0) return [0, 0, 0, 0];
  let [x0, z0, x1, z1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < boxes.length; i += 6) {
    x0 = Math.min(x0, boxes[i] ?? 0);
    z0 = Math.min(z0, boxes[i + 2] ?? 0);
    x1 = Math.max(x1, boxes[i + 3] ?? 0);
    z1 = Math.max(z1, boxes[i + 5] ?? 0);
  }
  return [x0, z0, x1, z1];
}
