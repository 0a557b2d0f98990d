// crowd: everybody in the picture, in two draw calls: full dolls for ourselves and the nearest, small
// ones for the rest. Called once a frame; allocates only when somebody comes near for the first time.

import type { EntityId, PictureView } from '@flux/sdk';
import { Group } from 'three';
import { MEASURE } from './doll/measure.ts';
import { FIGURES } from './doll/outfits.ts';
import { type DollUniforms, dollUniforms } from './doll_material.ts';
import { FarPeople } from './far_people.ts';
import { Motion } from './motion.ts';
import { NearPeople } from './near_people.ts';
import { Nearest, type Viewpoint } from './nearest.ts';
import { rowPlace, type ShownPlace } from './row_place.ts';

export const NEAR_MAX = 64;
const CHOOSE_EVERY_FRAMES = 6;

export interface CrowdLimits {
  /** Full dolls, ourselves not counted: at most NEAR_MAX. */
  readonly near: number;
  /** Full dolls are within this many metres. */
  readonly nearReach: number;
  /** Small dolls are within this many metres. */
  readonly farReach: number;
}

/** Ourselves, as our own simulation has us. */
export interface OwnBody {
  readonly id: EntityId;
  readonly look: number;
  readonly flags: number;
  readonly motion: Motion;
  readonly isShown: boolean;
}

/** Somebody drawn in full: what a name label needs. */
export interface NearPerson {
  readonly id: number;
  readonly motion: Motion;
  look: number;
  flags: number;
}

/** From the ground to the top of what a figure wears on its head, about. */
export function figureHeight(look: number): number {
  const [legs, torso, , head] = FIGURES[look & 15] ?? [1, 1, 1, 1];
  return (
    MEASURE.crotch * legs + (MEASURE.chin - MEASURE.crotch) * torso + MEASURE.head * head + 0.14
  );
}

export class Crowd {
  readonly group = new Group();
  /** Those drawn in full in the last frame, nearest first as last chosen. */
  readonly people: NearPerson[] = [];
  limits: CrowdLimits = { near: 48, nearReach: 26, farReach: 220 };
  private readonly uniforms: DollUniforms = dollUniforms();
  private readonly near = new NearPeople(this.uniforms, NEAR_MAX + 1);
  private readonly far: FarPeople;
  private readonly nearest = new Nearest();
  private readonly known = new Map<number, NearPerson>();
  private readonly chosen = new Uint32Array(NEAR_MAX);
  private chosenCount = 0;
  private frame = 0;
  private membership = -1;
  private shownFar = 0;
  private readonly shown: ShownPlace = { x: 0, y: 0, z: 0, yaw: 0 };
  private readonly picture: PictureView;

  constructor(picture: PictureView, tickMs: number) {
    this.picture = picture;
    this.uniforms.tickSeconds.value = tickMs / 1000;
    this.far = new FarPeople(picture, this.uniforms);
    this.group.add(
      this.near.mesh,
      this.near.caster,
      this.far.mesh,
      this.near.spots,
      this.far.spots,
    );
  }

  /** Without real shadows the near ones have spots as the far ones do. */
  set shadows(on: boolean) {
    this.near.caster.visible = on;
    this.near.spots.visible = !on;
  }

  /** People drawn in the last frame. */
  get drawn(): number {
    return this.near.count + this.shownFar;
  }

  get drawnNear(): number {
    return this.near.count;
  }

  update(now: number, delta: number, view: Viewpoint, self: OwnBody): void {
    const ticks = now - this.picture.epochTick;
    this.uniforms.ticks.value = ticks;
    this.far.update();
    if (
      this.frame++ % CHOOSE_EVERY_FRAMES === 0 ||
      this.membership !== this.picture.membershipVersion
    ) {
      this.membership = this.picture.membershipVersion;
      this.choose(ticks, view, self.id);
    }
    this.showNear(ticks, delta, self);
  }

  /** Where somebody is shown; null when the picture does not know them. */
  placeOf(id: number, now: number): Readonly<ShownPlace> | null {
    const row = this.picture.find(id);
    if (row < 0) return null;
    rowPlace(this.picture, row, now - this.picture.epochTick, this.shown);
    return this.shown;
  }

  private choose(ticks: number, view: Viewpoint, self: EntityId): void {
    const { picture, limits } = this;
    const isDrawn = (row: number) => picture.kind[row] === 0 && picture.id[row] !== self;
    const isKept = (id: number) => this.known.has(id);
    const out = this.chosen.subarray(0, Math.min(limits.near, NEAR_MAX));
    this.chosenCount = this.nearest.choose(
      picture,
      ticks,
      view,
      limits.nearReach,
      isDrawn,
      isKept,
      out,
    );
    this.keepOnlyChosen();
    this.hideRows(ticks, view, isDrawn);
  }

  private keepOnlyChosen(): void {
    this.people.length = 0;
    const before = new Map(this.known);
    this.known.clear();
    for (let i = 0; i < this.chosenCount; i++) {
      const id = this.chosen[i] ?? 0;
      const person = before.get(id) ?? { id, motion: new Motion(), look: 0, flags: 0 };
      this.known.set(id, person);
      this.people.push(person);
    }
  }

  private hideRows(ticks: number, view: Viewpoint, isDrawn: (row: number) => boolean): void {
    const { picture } = this;
    const reach = this.limits.farReach ** 2;
    this.shownFar = 0;
    for (let row = 0; row < picture.count; row++) {
      let isHidden = !isDrawn(row) || this.known.has(picture.id[row] ?? 0);
      if (!isHidden) {
        rowPlace(picture, row, ticks, this.shown);
        isHidden = (this.shown.x - view.x) ** 2 + (this.shown.z - view.z) ** 2 > reach;
      }
      this.far.hidden[row] = isHidden ? 1 : 0;
      if (!isHidden) this.shownFar++;
    }
    this.far.showHidden();
  }

  private showNear(ticks: number, delta: number, self: OwnBody): void {
    const { picture } = this;
    this.near.begin(delta);
    if (self.isShown) this.near.add(self.id, self.motion, self.look, self.flags);
    for (const person of this.people) {
      const row = picture.find(person.id);
      if (row < 0) continue;
      rowPlace(picture, row, ticks, this.shown);
      const { x, y, z, yaw } = this.shown;
      person.motion.advance(x, y, z, yaw, picture.pose[row] ?? 0, delta);
      person.look = picture.look[row] ?? 0;
      person.flags = picture.flags[row] ?? 0;
      this.near.add(person.id, person.motion, person.look, person.flags);
    }
    this.near.end();
  }

  dispose(): void {
    this.near.dispose();
    this.far.dispose();
  }
}
