// sitting: which seat is near and free, getting onto it, and getting up again in front of it.

import type { Seat } from '../world/world_features.ts';
import type { WalkMap } from './walk_map.ts';
import type { WalkingBody } from './walking_body.ts';

/** How far one may be from a seat to sit down on it. */
export const SEAT_REACH = 1.6;
/** Who is nearer to a seat than this has taken it. */
export const SEAT_TAKEN = 0.4;
/** The hips of somebody who sits are this far above where their body is said to be. */
const HIPS = 0.45;
const LEVEL_APART = 1;
const DOWN_SECONDS = 0.4;
const UP_SECONDS = 0.22;
/** Faster than this one does not glide: it would be a correction by the server. */
const GLIDE_SPEED = 4;
/** In front of a seat, where one gets up to. */
const IN_FRONT = 0.5;
const UP_REACH = 1.4;

interface Spot {
  x: number;
  y: number;
  z: number;
}

/** Whether somebody else is within `reach` metres of a place. */
export type IsAnybodyNear = (x: number, y: number, z: number, reach: number) => boolean;

export class Sitting {
  /** The seat one is on, or getting onto. */
  seat: Seat | null = null;
  private readonly seats: readonly Seat[];
  private readonly map: WalkMap;
  private readonly isAnybodyNear: IsAnybodyNear;
  private glide: { from: Spot; to: Spot; gone: number; seconds: number } | null = null;
  /** Where one came from: there is always room there. */
  private before: Spot = { x: 0, y: 0, z: 0 };

  constructor(seats: readonly Seat[], map: WalkMap, isAnybodyNear: IsAnybodyNear) {
    this.seats = seats;
    this.map = map;
    this.isAnybodyNear = isAnybodyNear;
  }

  /** On a seat, or gliding onto it or off it: the body does not walk. */
  get isHolding(): boolean {
    return this.seat !== null || this.glide !== null;
  }

  /** Sunk so far that it looks like sitting. */
  get isSeated(): boolean {
    return this.seat !== null && (!this.glide || this.glide.gone > this.glide.seconds * 0.35);
  }

  /** The nearest seat within reach that nobody has taken. */
  nearest(x: number, y: number, z: number): Seat | null {
    let [best, apart]: [Seat | null, number] = [null, SEAT_REACH];
    for (const seat of this.seats) {
      const away = Math.hypot(seat.x - x, seat.z - z);
      if (away > apart || Math.abs(seat.y - HIPS - y) > LEVEL_APART || !this.isFree(seat)) continue;
      best = seat;
      apart = away;
    }
    return best;
  }

  /** The seat at a place that was pointed at. */
  at(x: number, y: number, z: number, reach: number): Seat | null {
    let [best, apart]: [Seat | null, number] = [null, reach];
    for (const seat of this.seats) {
      const away = Math.hypot(seat.x - x, (seat.y - y) * 0.7, seat.z - z);
      if (away > apart) continue;
      best = seat;
      apart = away;
    }
    return best;
  }

  isFree(seat: Seat): boolean {
    return !this.isAnybodyNear(seat.x, seat.y - HIPS, seat.z, SEAT_TAKEN);
  }

  /** Where one stands before a seat: the nearest room to its front. */
  standAt(seat: Seat): Spot | null {
    const turn = seat.yaw * Math.PI * 2;
    const [x, z] = [seat.x - Math.sin(turn) * IN_FRONT, seat.z - Math.cos(turn) * IN_FRONT];
    for (const place of this.map.around(x, z, UP_REACH)) {
      const y = this.map.y(place);
      if (Math.abs(y - (seat.y - HIPS)) < LEVEL_APART)
        return { x: this.map.x(place), y, z: this.map.z(place) };
    }
    return null;
  }

  sit(seat: Seat, body: WalkingBody): void {
    this.before = { x: body.x, y: body.y, z: body.z };
    this.seat = seat;
    this.start(body, { x: seat.x, y: seat.y - HIPS, z: seat.z }, DOWN_SECONDS);
  }

  /** Up and off: the body walks again after a moment. */
  stand(body: WalkingBody): void {
    if (!this.seat) return;
    const to = this.standAt(this.seat) ?? this.before;
    this.seat = null;
    this.start(body, to, UP_SECONDS);
  }

  /** The body was put elsewhere. */
  forget(): void {
    this.seat = null;
    this.glide = null;
  }

  /** Holds the body where it sits or on its way there. */
  update(body: WalkingBody, delta: number): void {
    const { glide } = this;
    if (!glide) {
      if (this.seat) body.hold(this.seat.x, this.seat.y - HIPS, this.seat.z);
      return;
    }
    glide.gone += delta;
    const t = Math.min(1, glide.gone / glide.seconds);
    const share = t * t * (3 - 2 * t);
    const { from, to } = glide;
    body.hold(
      from.x + (to.x - from.x) * share,
      from.y + (to.y - from.y) * share,
      from.z + (to.z - from.z) * share,
    );
    if (t < 1) return;
    this.glide = null;
    if (!this.seat) body.put(to.x, to.y, to.z);
  }

  private start(body: WalkingBody, to: Spot, seconds: number): void {
    const from = { x: body.x, y: body.y, z: body.z };
    const apart = Math.hypot(to.x - from.x, to.z - from.z);
    // At its fastest the glide is half as fast again as on average.
    this.glide = { from, to, gone: 0, seconds: Math.max(seconds, (apart * 1.5) / GLIDE_SPEED) };
  }
}
