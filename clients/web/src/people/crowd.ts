// crowd: everybody in the picture. Ourselves and the nearest have bones, those further off share baked
// poses, the rest are little pictures. Called once a frame; allocates only when somebody comes near.

import { ENTITY_FLAG, type EntityId, type PictureView, POSE } from '@flux/sdk';
import { Group } from 'three';
import { FarPeople, VEIL } from './far_people.ts';
import { headJointHeight, restingLower } from './figure.ts';
import { FootSpots } from './foot_spots.ts';
import { GazeField } from './gaze.ts';
import { type CrowdLimits, type CrowdWish, completeLimits, crowdLimits } from './limits.ts';
import { type Choice, LEVEL, type Level, LodChooser, newChoice, type Viewpoint } from './lods.ts';
import type { Motion } from './motion.ts';
import { NearPeople } from './near_people.ts';
import type { PeopleArt } from './people_art.ts';
import { type PeopleUniforms, peopleUniforms } from './people_material.ts';
import { type Holding, Person } from './person.ts';
import { rowPlace, type ShownPlace } from './row_place.ts';
import { SmallPeople } from './small_people.ts';

export { type CrowdLimits, crowdLimits } from './limits.ts';
export { figureHeight } from './people_art.ts';

const CHOOSE_EVERY_FRAMES = 6;
/** People who may change their level in one frame: each is a copy of some kilobytes to the card. */
const CHANGES_A_FRAME = 5;
/** Places over the limit, for those who are just fading from one level to another. */
const SPARE = [4, 5, 8, 10] as const;
const TABLE_MS = 4;
const EYES_ABOVE_HEAD_JOINT = 0.16;

/** Ourselves, as our own simulation has us. */
export interface OwnBody {
  readonly id: EntityId;
  readonly look: number;
  readonly flags: number;
  readonly motion: Motion;
  readonly isShown: boolean;
}

/** Somebody with bones: what a name label needs. */
export interface NearPerson {
  readonly id: number;
  readonly motion: Motion;
  readonly look: number;
  readonly flags: number;
}

export class Crowd {
  readonly group = new Group();
  /** Those with bones in the last frame, nearest first as last chosen. */
  readonly people: NearPerson[] = [];
  private readonly art: PeopleArt;
  private readonly picture: PictureView;
  private readonly uniforms: PeopleUniforms;
  private readonly chooser = new LodChooser();
  private readonly far: FarPeople;
  private readonly spots: FootSpots;
  private readonly field = new GazeField();
  private readonly voices = new Map<number, number>();
  /** Everybody who has a body, or is just losing it. */
  private readonly known = new Map<number, Person>();
  private near: NearPeople;
  private small: SmallPeople;
  /** Places at each level that there is memory for. */
  private built: readonly number[] = [];
  private choice: Choice = newChoice(0);
  private own: Person | null = null;
  private bounds: CrowdLimits = crowdLimits('low');
  private hasShadows = true;
  private frame = 0;
  private membership = -1;
  private shownFar = 0;
  private readonly shown: ShownPlace = { x: 0, y: 0, z: 0, yaw: 0 };

  constructor(art: PeopleArt, picture: PictureView, tickMs: number) {
    this.picture = picture;
    this.art = art;
    this.uniforms = peopleUniforms(art);
    this.uniforms.tickSeconds.value = tickMs / 1000;
    this.far = new FarPeople(picture, this.uniforms);
    this.spots = new FootSpots();
    [this.near, this.small] = this.build();
    this.group.add(this.far.group, this.spots.mesh);
  }

  get limits(): CrowdLimits {
    return this.bounds;
  }

  set limits(wish: CrowdWish) {
    this.bounds = completeLimits(wish);
    const wanted = placesFor(this.bounds);
    if (wanted.every((count, level) => count <= (this.built[level] ?? 0))) return;
    this.unbuild();
    [this.near, this.small] = this.build();
  }

  private build(): [NearPeople, SmallPeople] {
    this.built = placesFor(this.bounds);
    const [full = 0, half = 0, quarter = 0, crowd = 0] = this.built;
    const near = new NearPeople(this.art, this.uniforms, [full, half, quarter]);
    const small = new SmallPeople(this.art, this.uniforms, crowd);
    near.shadows = this.hasShadows;
    this.choice = newChoice(full + half + quarter + crowd);
    this.spots.setCapacity(full + half + quarter + crowd);
    this.group.add(near.group, small.mesh);
    return [near, small];
  }

  private unbuild(): void {
    this.group.remove(this.near.group, this.small.mesh);
    this.near.dispose();
    this.small.dispose();
    this.known.clear();
    this.people.length = 0;
    if (this.own) this.own.shown = this.own.leaving = null;
    this.membership = -1;
  }

  /** Without real shadows everybody stands on a soft dark spot. */
  set shadows(on: boolean) {
    this.hasShadows = on;
    this.near.shadows = on;
  }

  /** People drawn in the last frame. */
  get drawn(): number {
    return this.known.size + (this.own?.shown ? 1 : 0) + this.shownFar;
  }

  get drawnNear(): number {
    return this.people.length + (this.own?.shown ? 1 : 0);
  }

  /** Of all bodies: what the picture draws and what the sun's map does. Far pictures have two each. */
  get triangles(): { readonly drawn: number; readonly cast: number } {
    const { drawn, cast } = this.near.triangles;
    return { drawn: drawn + this.small.triangles, cast: this.hasShadows ? cast : 0 };
  }

  /** A byte a row of the picture: how much of its far picture is shown (VEIL). */
  get veils(): Readonly<Uint8Array> {
    return this.far.veil.subarray(0, this.picture.count);
  }

  /** How loud somebody speaks, 0 to 1; from then on their mouth follows this and not their flag. */
  setVoiceLevel(id: number, level: number): void {
    this.voices.set(id, Math.min(1, Math.max(0, level)));
  }

  /** Their mouth follows their flag again. */
  forgetVoice(id: number): void {
    this.voices.delete(id);
  }

  update(now: number, delta: number, view: Viewpoint, self: OwnBody): void {
    const ticks = now - this.picture.epochTick;
    this.uniforms.ticks.value = ticks;
    this.small.table.fill(TABLE_MS);
    this.far.update();
    const isNew = this.membership !== this.picture.membershipVersion;
    if (this.frame++ % CHOOSE_EVERY_FRAMES === 0 || isNew) {
      this.membership = this.picture.membershipVersion;
      this.choose(ticks, view, self.id);
    }
    this.changeLevels();
    this.moveAll(ticks, delta, self);
    this.gatherEyes(self);
    this.spots.begin();
    if (this.own) this.show(this.own, delta, self.isShown);
    for (const person of this.known.values()) this.show(person, delta, true);
    this.near.send();
    this.small.send();
    this.spots.send();
    this.far.showVeils();
  }

  /** Where somebody is shown; null when the picture does not know them. */
  placeOf(id: number, now: number): Readonly<ShownPlace> | null {
    const row = this.picture.find(id);
    if (row < 0) return null;
    rowPlace(this.picture, row, now - this.picture.epochTick, this.shown);
    return this.shown;
  }

  private choose(ticks: number, view: Viewpoint, self: EntityId): void {
    const { picture, choice, bounds } = this;
    const isDrawn = (row: number) => picture.kind[row] === 0 && picture.id[row] !== self;
    const levelOf = (id: number): Level => this.known.get(id)?.level ?? LEVEL.picture;
    // Until the table of poses is there, those who would need it are pictures.
    const limits = this.small.table.isReady ? bounds : { ...bounds, crowd: 0 };
    this.chooser.choose(picture, ticks, view, limits, isDrawn, levelOf, choice);
    for (const person of this.known.values()) person.level = LEVEL.picture;
    this.people.length = 0;
    for (let i = 0; i < choice.count; i++) {
      const id = choice.ids[i] ?? 0;
      const person = this.known.get(id) ?? new Person(id, this.art);
      this.known.set(id, person);
      person.level = (choice.levels[i] ?? LEVEL.picture) as Level;
      if (person.level < LEVEL.crowd) this.people.push(person);
    }
    this.veilRows(ticks, view, isDrawn);
  }

  private veilRows(ticks: number, view: Viewpoint, isDrawn: (row: number) => boolean): void {
    const { picture, far } = this;
    const reach = this.bounds.farReach ** 2;
    this.shownFar = 0;
    for (let row = 0; row < picture.count; row++) {
      let isShown = isDrawn(row);
      if (isShown) {
        rowPlace(picture, row, ticks, this.shown);
        isShown = (this.shown.x - view.x) ** 2 + (this.shown.z - view.z) ** 2 < reach;
      }
      far.veil[row] = isShown ? VEIL.shown : VEIL.hidden;
      if (isShown && !this.known.has(picture.id[row] ?? 0)) this.shownFar++;
    }
    far.areVeilsNew = true;
    for (const person of this.known.values()) this.veil(person);
  }

  /** The far picture of somebody who has a body is not shown, or fades as the body comes. */
  private veil(person: Person): void {
    const row = this.picture.find(person.id);
    if (row < 0) return;
    const { shown, leaving, change } = person;
    let veil: number = VEIL.hidden;
    if (person.isSettled) veil = shown ? VEIL.hidden : VEIL.shown;
    else if (shown && !leaving) veil = VEIL.leaving(change);
    else if (!shown) veil = VEIL.coming(change);
    if (this.far.veil[row] === veil) return;
    this.far.veil[row] = veil;
    this.far.areVeilsNew = true;
  }

  private changeLevels(): void {
    let left = CHANGES_A_FRAME;
    for (const person of this.known.values()) {
      if (left === 0) return;
      const now = person.shown?.level ?? LEVEL.picture;
      if (now === person.level || !person.isSettled) continue;
      const row = this.picture.find(person.id);
      if (row >= 0) person.setLook(this.picture.look[row] ?? 0);
      const next = this.take(person, person.level);
      if (!next && person.level !== LEVEL.picture) continue;
      if (person.shown?.kind === 'near') this.near.castsNoMore(person.shown.hold);
      person.moveTo(next);
      left--;
    }
  }

  private take(person: Person, level: Level): Holding | null {
    if (level === LEVEL.picture) return null;
    if (level === LEVEL.crowd) {
      const hold = this.small.take(person.look);
      return hold && { kind: 'small', level, hold };
    }
    const hold = this.near.take(level, person.look);
    return hold && { kind: 'near', level, hold };
  }

  private release(holding: Holding | null): void {
    if (holding?.kind === 'near') this.near.leave(holding.hold);
    else if (holding) this.small.leave(holding.hold);
  }

  private moveAll(ticks: number, delta: number, self: OwnBody): void {
    const { picture } = this;
    this.tendOwn(self);
    for (const person of this.known.values()) {
      const row = picture.find(person.id);
      if (row < 0) {
        this.forget(person);
        continue;
      }
      rowPlace(picture, row, ticks, this.shown);
      const { x, y, z, yaw } = this.shown;
      person.motion.advance(x, y, z, yaw, picture.pose[row] ?? 0, delta);
      person.flags = picture.flags[row] ?? 0;
      this.wear(person, picture.look[row] ?? 0);
      this.settle(person, delta);
    }
  }

  /** Ourselves are always full. */
  private tendOwn(self: OwnBody): void {
    if (this.own?.id !== self.id || this.own.motion !== self.motion) {
      if (this.own) this.release(this.own.shown);
      this.own = new Person(self.id, this.art, self.motion);
    }
    const { own } = this;
    own.flags = self.flags;
    this.wear(own, self.look);
    if (!own.shown) own.shown = this.take(own, LEVEL.full);
  }

  private wear(person: Person, look: number): void {
    if (person.look === look) return;
    person.setLook(look);
    for (const holding of [person.shown, person.leaving]) {
      if (holding?.kind === 'near') this.near.dress(holding.hold, look);
      else if (holding) this.small.dress(holding.hold, look);
    }
  }

  private settle(person: Person, delta: number): void {
    if (person.isSettled) return;
    this.release(person.settle(delta));
    this.veil(person);
    if (person.isSettled && !person.shown && person.level === LEVEL.picture) {
      this.known.delete(person.id);
    }
  }

  private forget(person: Person): void {
    this.release(person.shown);
    this.release(person.leaving);
    this.known.delete(person.id);
    const at = this.people.indexOf(person);
    if (at >= 0) this.people.splice(at, 1);
  }

  private gatherEyes(self: OwnBody): void {
    this.field.clear();
    if (this.own && self.isShown) this.addEyes(this.own);
    for (const person of this.people) this.addEyes(person as Person);
  }

  private addEyes(person: Person): void {
    const { x, y, z } = person.motion;
    const isSpeaking = (person.flags & ENTITY_FLAG.speaking) !== 0;
    this.field.add(person.id, x, y + this.eyeHeight(person), z, isSpeaking);
  }

  private eyeHeight(person: Person): number {
    const { figure, motion } = person;
    const standing = headJointHeight(figure, this.art.rest) + EYES_ABOVE_HEAD_JOINT * figure.head;
    return standing - (motion.pose === POSE.rest ? restingLower(figure) : 0);
  }

  private show(person: Person, delta: number, isShown: boolean): void {
    const { shown, leaving } = person;
    if (shown?.kind === 'near' || leaving?.kind === 'near') this.animate(person, delta);
    if (!isShown) {
      if (shown?.kind === 'near') this.near.bones.clear(shown.hold.row);
      return;
    }
    if (shown) this.write(person, shown, person.isSettled ? 1 : person.fadeOfShown, delta);
    if (leaving?.kind === 'near' && shown?.kind === 'near') {
      this.near.bones.copy(shown.hold.row, leaving.hold.row);
      this.near.bones.mark(leaving.hold.row, person.look, person.fadeOfLeaving);
    } else if (leaving) this.write(person, leaving, person.fadeOfLeaving, delta);
    const { x, y, z } = person.motion;
    const holding = shown ?? leaving;
    if (holding && (holding.kind === 'small' || !this.hasShadows)) this.spots.add(x, y, z);
  }

  private animate(person: Person, delta: number): void {
    const { motion, flags } = person;
    const { animator, face, gaze } = person.soul;
    animator.update(motion, (flags & ENTITY_FLAG.handRaised) !== 0, delta);
    const level = this.voices.get(person.id) ?? null;
    face.update(delta, level, (flags & ENTITY_FLAG.speaking) !== 0);
    const { id } = person;
    const { x, z, yaw } = motion;
    const eyes = { id, x, y: motion.y + this.eyeHeight(person), z, yaw };
    gaze.update(this.field, eyes, animator.attention, delta);
    gaze.apply(animator.pose, face);
  }

  private write(person: Person, holding: Holding, fade: number, delta: number): void {
    if (holding.kind === 'small') {
      this.small.write(holding.hold, person.motion, person.seed, fade, delta);
      return;
    }
    const { row } = holding.hold;
    const { animator, face, grip } = person.soul;
    grip.begin(animator.isStepping, delta);
    // Further off nobody sees a foot slide by a hand's breadth.
    const held = holding.level < LEVEL.quarter ? grip : undefined;
    this.near.bones.write(row, animator.pose, person.figure, person.motion, face, held);
    this.near.bones.mark(row, person.look, fade);
  }

  dispose(): void {
    this.near.dispose();
    this.small.dispose();
    this.far.dispose();
    this.spots.dispose();
  }
}

/** At each level, ourselves among the full. */
function placesFor(limits: CrowdLimits): number[] {
  const { full, half, quarter, crowd } = limits;
  return [full + 1, half, quarter, crowd].map((count, level) => count + (SPARE[level] ?? 0));
}
