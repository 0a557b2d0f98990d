// walk_map: where a body can stand, on a grid of half metres, with up to four floors over each other,
// and between which of those places it can walk. Found out when asked for and then kept; `warm` finds
// out around us a little at a time, so that the first question has its answer.

import { BODY, bodyFits, FEET, FLOOR_NORMAL } from './body_shape.ts';
import type { TriangleGrid } from './triangle_grid.ts';
import type { Bounds } from './walking_body.ts';

export const CELL = 0.5; // metres
const FLOORS_MAX = 4;
/** One does not stand where the next surface is nearer above. */
const HEADROOM = 1.4;
const SAME = 0.03;
/** Kept off walls by this: two places next to each other then leave no thin wall between them. */
const SPARE = 0.02;
/** The rise over one cell that stairs and slopes come to, if there is something to tread on between. */
const CLIMB_MAX = 0.8;
const DROP_MAX = 1.2;
/** Jumping up or dropping down counts as so many metres: one rather goes round by the stairs. */
const LEAP_COST = 25;
const SURFACES_MAX = 24;
const WARM_METRES = 12;
/** Half the width that must be free beside a straight line. */
const LANE = 0.2;

/** A cell and one of its floors. */
export type Place = number;
export const NOWHERE: Place = -1;

const AROUND = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

const STRAIGHT = AROUND.slice(0, 4);

const NO_FLOORS = new Float32Array(0);

export class WalkMap {
  private readonly grid: TriangleGrid;
  private readonly bounds: Bounds;
  private readonly columns: number;
  private readonly rows: number;
  private readonly floors = new Map<number, Float32Array>();
  /** What leaps cost, by the pair of places. */
  private readonly leaps = new Map<number, number>();
  private readonly heights = new Float32Array(SURFACES_MAX);
  private readonly triangles = new Uint32Array(SURFACES_MAX);
  private readonly warmed = { x: Infinity, z: Infinity, next: 0 };

  constructor(grid: TriangleGrid, bounds: Bounds) {
    this.grid = grid;
    this.bounds = bounds;
    this.columns = Math.max(1, Math.floor((bounds.most[0] - bounds.least[0]) / CELL));
    this.rows = Math.max(1, Math.floor((bounds.most[2] - bounds.least[2]) / CELL));
  }

  x(place: Place): number {
    const cell = Math.floor(place / FLOORS_MAX);
    return this.bounds.least[0] + ((cell % this.columns) + 0.5) * CELL;
  }

  z(place: Place): number {
    const cell = Math.floor(place / FLOORS_MAX);
    return this.bounds.least[2] + (Math.floor(cell / this.columns) + 0.5) * CELL;
  }

  y(place: Place): number {
    return this.floorsOf(Math.floor(place / FLOORS_MAX))[place % FLOORS_MAX] ?? 0;
  }

  /** The place over (x, z) whose floor is nearest to `y`, if that is within `most` metres; or NOWHERE. */
  at(x: number, y: number, z: number, most: number): Place {
    const cell = this.cellAt(x, z);
    return cell < 0 ? NOWHERE : this.nearestFloor(cell, y, most);
  }

  /** All places whose middles are within `reach` of (x, z), the nearest first. */
  around(x: number, z: number, reach: number): Place[] {
    const found: { place: Place; apart: number }[] = [];
    for (let dz = -reach; dz <= reach; dz += CELL) {
      for (let dx = -reach; dx <= reach; dx += CELL) {
        const cell = this.cellAt(x + dx, z + dz);
        if (cell < 0) continue;
        for (let floor = 0; floor < this.floorsOf(cell).length; floor++) {
          const place = cell * FLOORS_MAX + floor;
          const apart = Math.hypot(this.x(place) - x, this.z(place) - z);
          if (apart <= reach) found.push({ place, apart });
        }
      }
    }
    return found.sort((a, b) => a.apart - b.apart).map(({ place }) => place);
  }

  /** Finds out about all cells within `reach` of (x, z), one after the other. */
  *learn(x: number, z: number, reach: number): Generator<undefined> {
    for (let dz = -reach; dz <= reach; dz += CELL) {
      for (let dx = -reach; dx <= reach; dx += CELL) {
        const cell = this.cellAt(x + dx, z + dz);
        if (cell < 0 || this.floors.has(cell)) continue;
        this.floorsOf(cell);
        yield;
      }
    }
  }

  /** Tells `visit` every place one step away and what the step costs, in metres; `back`: steps from there. */
  steps(place: Place, back: boolean, visit: (to: Place, cost: number) => void): void {
    const cell = Math.floor(place / FLOORS_MAX);
    const [column, row] = [cell % this.columns, Math.floor(cell / this.columns)];
    const tell = (dx: number, dz: number, costOf: (a: Place, b: Place) => number) => {
      const to = this.cell(column + dx, row + dz);
      if (to < 0) return;
      for (let floor = 0; floor < this.floorsOf(to).length; floor++) {
        const other = to * FLOORS_MAX + floor;
        const cost = back ? costOf(other, place) : costOf(place, other);
        if (cost < Infinity) visit(other, cost);
      }
    };
    for (const [dx, dz] of AROUND) tell(dx, dz, this.walkCost);
    // At the foot of a wall there is no room to stand: one leaps over two cells as well as over one.
    for (const [dx, dz] of STRAIGHT) {
      tell(dx, dz, this.leapCost);
      tell(dx * 2, dz * 2, this.leapCost);
    }
  }

  /** Whether a body can walk straight from one spot to another, on the floors between. */
  isStraight(x0: number, y0: number, z0: number, x1: number, y1: number, z1: number): boolean {
    const length = Math.hypot(x1 - x0, z1 - z0);
    const pieces = Math.max(1, Math.ceil(length / (CELL / 2)));
    const [sideX, sideZ] = length > 0 ? [-(z1 - z0) / length, (x1 - x0) / length] : [0, 0];
    let last = this.at(x0, y0, z0, CLIMB_MAX);
    for (let i = 0; i <= pieces; i++) {
      const [x, z] = [x0 + ((x1 - x0) * i) / pieces, z0 + ((z1 - z0) * i) / pieces];
      const here = this.onward(last, x, z);
      if (here === NOWHERE) return false;
      const y = this.y(here);
      for (const side of [-LANE, LANE]) {
        if (this.at(x + sideX * side, y, z + sideZ * side, CLIMB_MAX) === NOWHERE) return false;
      }
      last = here;
    }
    return Math.abs(this.y(last) - y1) < CLIMB_MAX;
  }

  /** Finds out about some more places around (x, z), for about `ms` milliseconds. */
  warm(x: number, z: number, ms: number): void {
    const { warmed } = this;
    if (Math.hypot(x - warmed.x, z - warmed.z) > WARM_METRES / 4)
      Object.assign(warmed, { x, z, next: 0 });
    const end = performance.now() + ms;
    for (; warmed.next < SPIRAL.length; warmed.next++) {
      const [dx, dz] = SPIRAL[warmed.next] ?? [0, 0];
      const cell = this.cellAt(warmed.x + dx, warmed.z + dz);
      if (cell < 0 || this.floors.has(cell)) continue;
      this.floorsOf(cell);
      if (performance.now() > end) return;
    }
  }

  /** The place over (x, z) that one comes to from `last`, next to it or the same. */
  private onward(last: Place, x: number, z: number): Place {
    const cell = this.cellAt(x, z);
    if (cell < 0 || last === NOWHERE) return NOWHERE;
    if (cell === Math.floor(last / FLOORS_MAX)) return last;
    const to = this.nearestFloor(cell, this.y(last), CLIMB_MAX);
    return to !== NOWHERE && this.walkCost(last, to) < Infinity ? to : NOWHERE;
  }

  /** Of one step; Infinity when it cannot be made. */
  private readonly walkCost = (from: Place, to: Place): number => {
    const [x0, z0, x1, z1] = [this.x(from), this.z(from), this.x(to), this.z(to)];
    const [y0, y1] = [this.y(from), this.y(to)];
    const rise = y1 - y0;
    if (Math.abs(rise) > CLIMB_MAX) return Infinity;
    if (x0 !== x1 && z0 !== z1) {
      // No corners are cut: both ways round must be free too.
      if (this.at(x0, y0, z1, CLIMB_MAX) === NOWHERE) return Infinity;
      if (this.at(x1, y0, z0, CLIMB_MAX) === NOWHERE) return Infinity;
    }
    const length = Math.hypot(x1 - x0, z1 - z0);
    if (Math.abs(rise) <= BODY.step) return length + Math.abs(rise);
    const middle = this.treadNear((x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2);
    const isTrodden = Math.abs(middle - y0) <= BODY.step && Math.abs(middle - y1) <= BODY.step;
    if (isTrodden) return length + Math.abs(rise);
    return Infinity;
  };

  /** Of a jump up or a drop, straight ahead; Infinity when it cannot be made, or need not be. */
  private readonly leapCost = (from: Place, to: Place): number => {
    const [x0, z0, x1, z1] = [this.x(from), this.z(from), this.x(to), this.z(to)];
    const [y0, y1] = [this.y(from), this.y(to)];
    const rise = y1 - y0;
    if (rise > CLIMB_MAX || rise < -DROP_MAX || Math.abs(rise) <= BODY.step) return Infinity;
    const way = from * this.columns * this.rows * FLOORS_MAX + to;
    const known = this.leaps.get(way);
    if (known !== undefined) return known;
    const isFree = this.isLeapFree(x0, y0, z0, x1, y1, z1);
    const cost = isFree ? Math.hypot(x1 - x0, z1 - z0) + Math.abs(rise) + LEAP_COST : Infinity;
    this.leaps.set(way, cost);
    return cost;
  };

  /** Room over the lower of the two, and between them, to pass at the height of the higher. */
  private isLeapFree(
    x0: number,
    y0: number,
    z0: number,
    x1: number,
    y1: number,
    z1: number,
  ): boolean {
    const [lowX, lowZ, high] = y1 > y0 ? [x0, z0, y1] : [x1, z1, y0];
    return (
      bodyFits(this.grid, lowX, high, lowZ, 0) &&
      bodyFits(this.grid, (x0 + x1) / 2, high, (z0 + z1) / 2, 0)
    );
  }

  /** The height of what one can tread on nearest to `y`; NaN when there is nothing. */
  private treadNear(x: number, y: number, z: number): number {
    const count = this.grid.surfaces(x, z, this.heights, this.triangles);
    let best = Math.abs(y) < 1 ? 0 : Number.NaN;
    for (let i = 0; i < count; i++) {
      const height = this.heights[i] ?? 0;
      const [, up] = this.grid.normal(this.triangles[i] ?? 0);
      if (Math.abs(up) < FLOOR_NORMAL) continue;
      if (Number.isNaN(best) || Math.abs(height - y) < Math.abs(best - y)) best = height;
    }
    return best;
  }

  private cellAt(x: number, z: number): number {
    const { least } = this.bounds;
    return this.cell(Math.floor((x - least[0]) / CELL), Math.floor((z - least[2]) / CELL));
  }

  private cell(column: number, row: number): number {
    const isInside = column >= 0 && row >= 0 && column < this.columns && row < this.rows;
    return isInside ? row * this.columns + column : -1;
  }

  private nearestFloor(cell: number, y: number, most: number): Place {
    const floors = this.floorsOf(cell);
    let [best, apart] = [NOWHERE, most];
    for (let floor = 0; floor < floors.length; floor++) {
      const off = Math.abs((floors[floor] ?? 0) - y);
      if (off > apart) continue;
      best = cell * FLOORS_MAX + floor;
      apart = off;
    }
    return best;
  }

  private floorsOf(cell: number): Float32Array {
    const known = this.floors.get(cell);
    if (known) return known;
    const place = cell * FLOORS_MAX;
    const found = this.findFloors(this.x(place), this.z(place));
    this.floors.set(cell, found);
    return found;
  }

  private findFloors(x: number, z: number): Float32Array {
    const { grid, heights } = this;
    const count = grid.surfaces(x, z, heights, this.triangles);
    const floors: number[] = [];
    // The level ground is one more surface, below or between the others.
    let isLevelSeen = false;
    const consider = (y: number, above: number) => {
      if (above - y < HEADROOM || floors.length === FLOORS_MAX) return;
      if (this.isInside(y, count)) return;
      const stood = this.feltHeight(x, y, z);
      if (bodyFits(grid, x, stood, z, SPARE)) floors.push(stood);
    };
    for (let i = 0; i <= count; i++) {
      const y = i < count ? (heights[i] ?? 0) : Infinity;
      if (!isLevelSeen && y > SAME) {
        isLevelSeen = true;
        consider(0, y);
      }
      if (i === count) break;
      if (Math.abs(y) <= SAME) isLevelSeen = true;
      const next = i + 1 < count ? (heights[i + 1] ?? 0) : Infinity;
      if (next - y <= SAME) continue;
      const above = y < -SAME && next > 0 ? 0 : next;
      const [, up] = grid.normal(this.triangles[i] ?? 0);
      if (Math.abs(up) >= FLOOR_NORMAL) consider(y, above);
    }
    return floors.length > 0 ? new Float32Array(floors) : NO_FLOORS;
  }

  /**
   * Whether what is just over `y` is the inside of something solid: more surfaces below lead into it than
   * out of it.
   */
  private isInside(y: number, count: number): boolean {
    let depth = 0;
    for (let i = 0; i < count && (this.heights[i] ?? 0) <= y + SAME; i++) {
      const [, up] = this.grid.normal(this.triangles[i] ?? 0);
      depth -= Math.sign(up);
    }
    return depth > 0;
  }

  /** Where the feet come to stand, which feel for the ground around its middle too. */
  private feltHeight(x: number, y: number, z: number): number {
    let best = y;
    for (const [dx, dz] of FEET) {
      if (dx === 0 && dz === 0) continue;
      const hit = this.grid.cast(x + dx, y + BODY.step, z + dz, 0, -1, 0, BODY.step);
      if (hit && hit.ny >= FLOOR_NORMAL) best = Math.max(best, y + BODY.step - hit.distance);
    }
    return best;
  }
}

/** Offsets of cells around us, the nearest first. */
const SPIRAL: readonly (readonly [number, number])[] = (() => {
  const all: [number, number][] = [];
  for (let z = -WARM_METRES; z <= WARM_METRES; z += CELL) {
    for (let x = -WARM_METRES; x <= WARM_METRES; x += CELL) {
      if (Math.hypot(x, z) <= WARM_METRES) all.push([x, z]);
    }
  }
  return all.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
})();
