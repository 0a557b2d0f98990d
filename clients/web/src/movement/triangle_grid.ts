// triangle_grid: what one can bump into, as triangles sorted into a uniform grid over the ground.
// Built once; queries allocate nothing.

export interface RayHit {
  distance: number;
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

  constructor(corners: Float32Array, flags: Uint8Array) {
    this.corners = corners;
    this.flags = flags;
    this.count = flags.length;
    const box = bounds(corners);
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
    const c = this.corners;
    const at = triangle * 9;
    const x = [c[at] ?? 0, c[at + 3] ?? 0, c[at + 6] ?? 0];
    const z = [c[at + 2] ?? 0, c[at + 5] ?? 0, c[at + 8] ?? 0];
    const [column0, column1] = [this.column(Math.min(...x)), this.column(Math.max(...x))];
    const [row0, row1] = [this.row(Math.min(...z)), this.row(Math.max(...z))];
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

  /** Triangles whose cells touch the square; good until the next query. */
  near(x: number, z: number, reach: number): Uint32Array {
    return this.within(x - reach, z - reach, x + reach, z + reach);
  }

  private within(x0: number, z0: number, x1: number, z1: number): Uint32Array {
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
    const [endX, endZ] = [x + dx * reach, z + dz * reach];
    const candidates = this.within(
      Math.min(x, endX),
      Math.min(z, endZ),
      Math.max(x, endX),
      Math.max(z, endZ),
    );
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

  private hit(triangle: number, distance: number, dx: number, dy: number, dz: number): RayHit {
    const [nx, ny, nz] = this.normal(triangle);
    const side = nx * dx + ny * dy + nz * dz > 0 ? -1 : 1;
    return { distance, nx: nx * side, ny: ny * side, nz: nz * side };
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

/** [least x, least z, most x, most z]. */
function bounds(corners: Float32Array): [number, number, number, number] {
  if (corners.length === 0) return [0, 0, 0, 0];
  let [x0, z0, x1, z1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < corners.length; i += 3) {
    const [x, z] = [corners[i] ?? 0, corners[i + 2] ?? 0];
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    z0 = Math.min(z0, z);
    z1 = Math.max(z1, z);
  }
  return [x0, z0, x1, z1];
}
