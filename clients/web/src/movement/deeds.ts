// deeds: what we go on doing by ourselves until we steer: walking somewhere, following somebody, sitting.
// One at a time; a new one ends the one before.

import type { EntityId } from '@flux/sdk';
import type { Seat } from '../world/world_features.ts';
import { Following, type Paces } from './following.ts';
import type { OtherPeople } from './other_people.ts';
import { Sitting } from './sitting.ts';
import { WalkErrand } from './walk_errand.ts';
import type { WalkMap } from './walk_map.ts';
import type { WalkingBody, Wish } from './walking_body.ts';
import type { WaySpot, WayTarget } from './way_search.ts';

/** Nearer than this one just sits down; from farther away one goes there first. */
const SIT_WITHIN = 0.95;
/** Between chairs and tables there may be no room to stand: one slips in from this far. */
const SIT_FROM_MOST = 2.4;
const SEAT_EVERY_SECONDS = 0.2;
/** Of running, when one is sent somewhere; a short way is walked. */
const BRISK = 0.7;
const STROLL_METRES = 4;

export interface DeedEvents {
  readonly onSeat?: (isNear: boolean) => void;
  readonly onFollow?: (id: EntityId | null) => void;
}

export class Deeds {
  readonly sitting: Sitting;
  private readonly body: WalkingBody;
  private readonly map: WalkMap;
  private readonly people: OtherPeople;
  private readonly events: DeedEvents;
  private errand: { walk: WalkErrand; isHurried: boolean } | null = null;
  private following: Following | null = null;
  private isSeatNear = false;
  private sinceSeat = Infinity;

  constructor(
    body: WalkingBody,
    map: WalkMap,
    people: OtherPeople,
    seats: readonly Seat[],
    events: DeedEvents,
  ) {
    this.body = body;
    this.map = map;
    this.people = people;
    this.events = events;
    this.sitting = new Sitting(seats, map, (x, y, z, reach) => people.isAnyNear(x, y, z, reach));
  }

  /** Where a walk by ourselves ends, once the way is known. */
  get errandTarget(): WaySpot | null {
    return this.errand?.walk.end ?? null;
  }

  /** Radians: where a deed makes us look while we stand; null: nowhere. */
  get facing(): number | null {
    const { seat } = this.sitting;
    return seat ? seat.yaw * Math.PI * 2 : (this.following?.facing ?? null);
  }

  walkTo(target: WayTarget, isHurried: boolean): Promise<void> {
    this.interrupt();
    const walk = new WalkErrand(this.map, target);
    this.errand = { walk, isHurried };
    return walk.finished;
  }

  follow(id: EntityId | null): void {
    if (id === (this.following?.id ?? null)) return;
    if (id === null || !this.people.placeOf(id)) {
      this.stopFollowing();
      return;
    }
    // Not told of as an end and a beginning: we follow on, only somebody else.
    this.following = null;
    this.interrupt();
    this.following = new Following(id, this.map);
    this.events.onFollow?.(id);
  }

  /** On the nearest free seat, which is within reach; false when there is none. */
  sitNear(): boolean {
    const { x, y, z } = this.body;
    const seat = this.sitting.nearest(x, y, z);
    if (seat) this.goAndSit(seat);
    return seat !== null;
  }

  /** Walks to a seat and sits down on it, if it is still free then. */
  goAndSit(seat: Seat): void {
    const { body, sitting } = this;
    const sit = () => {
      const apart = Math.hypot(seat.x - body.x, seat.z - body.z);
      if (apart < SIT_FROM_MOST && sitting.isFree(seat)) sitting.sit(seat, body);
    };
    const isHere = Math.hypot(seat.x - body.x, seat.z - body.z) < SIT_WITHIN;
    const stand = isHere ? null : sitting.standAt(seat);
    if (stand) void this.walkTo(stand, false).then(sit, () => {});
    else {
      this.interrupt();
      sit();
    }
  }

  /** Ends whatever it is. Of a seat one gets up. */
  interrupt(): void {
    this.errand?.walk.interrupt();
    this.errand = null;
    this.stopFollowing();
    this.sitting.stand(this.body);
  }

  /** The body was put elsewhere by the server. */
  moved(): void {
    this.sitting.forget();
  }

  /** What the deed wishes; null when there is none. */
  wish(paces: Paces, delta: number): Wish | null {
    return this.errandWish(paces, delta) ?? this.followWish(paces, delta);
  }

  /** Looks now and then whether a seat has come within reach. */
  watchSeats(delta: number): void {
    this.sinceSeat += delta;
    if (this.sinceSeat < SEAT_EVERY_SECONDS) return;
    this.sinceSeat = 0;
    const { x, y, z } = this.body;
    const isNear = this.sitting.seat !== null || this.sitting.nearest(x, y, z) !== null;
    if (isNear === this.isSeatNear) return;
    this.isSeatNear = isNear;
    this.events.onSeat?.(isNear);
  }

  private errandWish(paces: Paces, delta: number): Wish | null {
    const { errand, body } = this;
    if (!errand) return null;
    const brisk = Math.max(paces.walk, paces.run * BRISK);
    const { x, z } = errand.walk.target;
    const isShort = Math.hypot(x - body.x, z - body.z) < STROLL_METRES;
    const pace = errand.isHurried ? paces.run : isShort ? paces.walk : brisk;
    const wish = errand.walk.wish(body, pace, delta);
    if (!wish && this.errand === errand) this.errand = null;
    return wish;
  }

  private followWish(paces: Paces, delta: number): Wish | null {
    const { following } = this;
    if (!following) return null;
    const them = this.people.placeOf(following.id);
    const wish = them ? following.wish(this.body, them, paces, delta) : null;
    if (!wish) this.stopFollowing();
    return wish;
  }

  private stopFollowing(): void {
    if (!this.following) return;
    this.following = null;
    this.events.onFollow?.(null);
  }
}
