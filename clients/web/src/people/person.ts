// person: somebody who is drawn with a body: what they do, their face and their eyes, and at which level
// of detail they are shown, with the level they are just leaving.

import { Animator } from './animator.ts';
import { Face } from './face.ts';
import { FeetGrip } from './feet_grip.ts';
import type { FigureShape } from './figure.ts';
import { Gaze } from './gaze.ts';
import { LEVEL, type Level } from './lods.ts';
import { Motion } from './motion.ts';
import type { Hold } from './near_people.ts';
import type { PeopleArt } from './people_art.ts';
import type { SmallHold } from './small_people.ts';

const CHANGE_SECONDS = 0.2;

/** A place at a level: with bones, or among the small. */
export type Holding =
  | { readonly kind: 'near'; readonly level: Level; readonly hold: Hold }
  | { readonly kind: 'small'; readonly level: Level; readonly hold: SmallHold };

/** What only those with bones have. */
export interface Soul {
  readonly animator: Animator;
  readonly face: Face;
  readonly gaze: Gaze;
  readonly grip: FeetGrip;
}

export class Person {
  readonly id: number;
  readonly motion: Motion;
  look = 0;
  flags = 0;
  /** At which level they are to be drawn. */
  level: Level = LEVEL.picture;
  /** Where they are drawn; null: the picture of them far away still stands for them. */
  shown: Holding | null = null;
  /** What fades away while `shown` comes; null: that picture. */
  leaving: Holding | null = null;
  /** 0 to 1: how far `shown` has come. */
  change = 1;
  /** 0 to 1: so that they do not breathe in step. */
  readonly seed: number;
  private readonly art: PeopleArt;
  private made: Soul | null = null;

  constructor(id: number, art: PeopleArt, motion = new Motion()) {
    this.id = id;
    this.art = art;
    this.motion = motion;
    this.seed = ((id * 0x9e3779b1) >>> 16) / 0xffff;
    motion.gait = art.gait;
  }

  get figure(): FigureShape {
    const { figures } = this.art;
    return figures[this.look & 15] ?? (figures[0] as FigureShape);
  }

  get soul(): Soul {
    if (!this.made) {
      const random = seeded(this.id);
      this.made = {
        animator: new Animator(this.art.clips, this.art.gait, random),
        face: new Face(random),
        gaze: new Gaze(random),
        grip: new FeetGrip(),
      };
    }
    return this.made;
  }

  setLook(look: number): void {
    this.look = look;
    this.motion.legs = this.figure.legs;
  }

  get isSettled(): boolean {
    return this.change >= 1;
  }

  /** Begins to be shown elsewhere. */
  moveTo(next: Holding | null): void {
    this.leaving = this.shown;
    this.shown = next;
    this.change = 0;
  }

  /** Returns what has now gone for good. */
  settle(delta: number): Holding | null {
    if (this.isSettled) return null;
    this.change = Math.min(1, this.change + delta / CHANGE_SECONDS);
    if (this.change < 1) return null;
    const gone = this.leaving;
    this.leaving = null;
    return gone;
  }

  /** For the shader: 1 all there; above 0 so much has come; below, so much has gone. */
  get fadeOfShown(): number {
    return Math.max(0.004, this.change);
  }

  get fadeOfLeaving(): number {
    return -this.change;
  }
}

/** The same numbers for the same person on every screen and in every test. */
export function seeded(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
