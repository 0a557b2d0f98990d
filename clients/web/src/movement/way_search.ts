// way_search: a way over the walk map from here to there (A*), a slice at a time so that no frame waits
// for it. When one cannot stand at the target, or can but cannot get there (a table's top), the way
// leads to the nearest place one can get to.

import { CELL, NOWHERE, type Place, type WalkMap } from './walk_map.ts';

export interface WaySpot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface WayTarget {
  readonly x: number;
  readonly z: number;
  /** Absent: any floor there. */
  readonly y?: number;
}

/** As near as this is as good as there when one can get no nearer: the rim of a fountain. */
const NEAR_ENOUGH = 4.5;
/** A place from which fewer places than this can be reached is cut off from the rest. */
const ISLAND = 400;
const VISITS_MAX = 40_000;
/** A little greedy: ways are hardly longer, and found much sooner. */
const GREED = 1.15;
const FLOOR_APART = 1;
/** Metres about us in which we look for a place to start from. */
const BESIDE = 1.2;

export class WaySearch {
  /** What is walked to, one after the other, once found; the last is where the way ends. */
  way: WaySpot[] = [];
  state: 'going' | 'found' | 'none' = 'going';
  private readonly map: WalkMap;
  private readonly from: WaySpot;
  private readonly to: WayTarget;
  private readonly work: Iterator<undefined, WaySpot[] | null>;

  constructor(map: WalkMap, from: WaySpot, to: WayTarget) {
    this.map = map;
    this.from = from;
    this.to = to;
    this.work = this.search();
  }

  /** Goes on for about `ms` milliseconds. */
  run(ms: number): void {
    const end = performance.now() + ms;
    while (this.state === 'going') {
      const { done, value } = this.work.next();
      if (done) {
        this.state = value ? 'found' : 'none';
        this.way = value ?? [];
      } else if (performance.now() > end) return;
    }
  }

  private *search(): Generator<undefined, WaySpot[] | null> {
    const { map, from, to } = this;
    yield* map.learn(from.x, from.z, BESIDE);
    const start = this.startPlace();
    if (start === NOWHERE) return null;
    yield* map.learn(to.x, to.z, NEAR_ENOUGH);
    const goal = yield* this.goalPlace(start);
    if (goal === NOWHERE) return null;
    const places = yield* this.wayBetween(start, goal);
    return places && (yield* this.straightened(places));
  }

  /** We may stand closer to a wall than the map allows: then from the nearest place beside us. */
  private startPlace(): Place {
    const { map, from } = this;
    for (const place of map.around(from.x, from.z, BESIDE)) {
      if (Math.abs(map.y(place) - from.y) < FLOOR_APART) return place;
    }
    return NOWHERE;
  }

  private *goalPlace(start: Place): Generator<undefined, Place> {
    const { map, to } = this;
    const cutOff = new Set<Place>();
    for (const place of map.around(to.x, to.z, NEAR_ENOUGH)) {
      if (cutOff.has(place)) continue;
      if (to.y !== undefined && Math.abs(map.y(place) - to.y) > FLOOR_APART) continue;
      const reached = yield* this.flood(place, start);
      if (!reached) return place;
      for (const one of reached) cutOff.add(one);
    }
    return NOWHERE;
  }

  /** Everything from which `place` is reached, when that is little and `start` is not of it; else null. */
  private *flood(place: Place, start: Place): Generator<undefined, Set<Place> | null> {
    const reached = new Set([place]);
    for (const next of reached) {
      if (next === start || reached.size > ISLAND) return null;
      this.map.steps(next, true, (from) => reached.add(from));
      yield;
    }
    return reached;
  }

  private *wayBetween(start: Place, goal: Place): Generator<undefined, Place[] | null> {
    const { map } = this;
    const [goalX, goalZ] = [map.x(goal), map.z(goal)];
    const gone = new Map<Place, number>([[start, 0]]);
    const before = new Map<Place, Place>();
    const closed = new Set<Place>();
    const open = new Heap();
    open.push(start, 0);
    for (let visits = 0; visits < VISITS_MAX; visits++) {
      const place = open.pop();
      if (place === NOWHERE) return null;
      if (place === goal) return traced(before, place);
      if (closed.has(place)) continue;
      closed.add(place);
      const so = gone.get(place) ?? 0;
      map.steps(place, false, (to, cost) => {
        const far = so + cost;
        if (far >= (gone.get(to) ?? Infinity)) return;
        gone.set(to, far);
        before.set(to, place);
        open.push(to, far + octile(map.x(to) - goalX, map.z(to) - goalZ) * GREED);
      });
      yield;
    }
    return null;
  }

  /** Without the corners of the grid: as far as one can walk straight, one spot is enough. */
  private *straightened(places: readonly Place[]): Generator<undefined, WaySpot[]> {
    const { map } = this;
    const spots = places.map((place) => ({ x: map.x(place), y: map.y(place), z: map.z(place) }));
    const last = spots[spots.length - 1];
    // The last stretch leads to the very spot, when that is free.
    const { x, z } = this.to;
    const isThere = last && Math.hypot(x - last.x, z - last.z) < CELL;
    if (isThere && map.isStraight(last.x, last.y, last.z, x, last.y, z))
      spots[spots.length - 1] = { x, y: last.y, z };
    const way: WaySpot[] = [];
    let anchor: WaySpot = this.from;
    for (let i = 0; i < spots.length; i++) {
      yield;
      const [spot, next] = [spots[i], spots[i + 1]];
      if (!spot) continue;
      if (next && map.isStraight(anchor.x, anchor.y, anchor.z, next.x, next.y, next.z)) continue;
      way.push(spot);
      anchor = spot;
    }
    return way;
  }
}

function traced(before: ReadonlyMap<Place, Place>, end: Place): Place[] {
  const places = [end];
  for (let at = before.get(end); at !== undefined; at = before.get(at)) places.push(at);
  return places.reverse();
}

/** The length of the shortest way on a grid with diagonals. */
function octile(dx: number, dz: number): number {
  const [a, b] = [Math.abs(dx), Math.abs(dz)];
  return Math.max(a, b) + (Math.SQRT2 - 1) * Math.min(a, b);
}

/** A binary heap of places by cost, the least on top. */
class Heap {
  private readonly places: Place[] = [];
  private readonly costs: number[] = [];

  push(place: Place, cost: number): void {
    const { places, costs } = this;
    let at = places.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((costs[parent] ?? 0) <= cost) break;
      places[at] = places[parent] ?? NOWHERE;
      costs[at] = costs[parent] ?? 0;
      at = parent;
    }
    places[at] = place;
    costs[at] = cost;
  }

  /** NOWHERE when it is empty. */
  pop(): Place {
    const { places, costs } = this;
    const top = places[0] ?? NOWHERE;
    const last = places.pop();
    const cost = costs.pop();
    if (last === undefined || cost === undefined || places.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= places.length) break;
      if (child + 1 < places.length && (costs[child + 1] ?? 0) < (costs[child] ?? 0)) child++;
      if ((costs[child] ?? 0) >= cost) break;
      places[at] = places[child] ?? NOWHERE;
      costs[at] = costs[child] ?? 0;
      at = child;
    }
    places[at] = last;
    costs[at] = cost;
    return top;
  }
}
