// footsteps: hears feet come down in the stride's phase: the left at 0, the right half a turn later.

import { POSE } from '@flux/sdk';
import type { GroundKind } from '../world/world_features.ts';
import { type Point, placedOutput } from './placing.ts';
import { STEP_SOUNDS } from './step_sounds.ts';
import { playBurst, playTone, type Studio } from './strokes.ts';

export interface OwnStride {
  /** Metres a second. */
  readonly speed: number;
  readonly isGrounded: boolean;
  readonly ground: GroundKind;
  readonly pose: number;
  /** 0 to 2 pi. */
  readonly phase: number;
}

/** Somebody else who walks near by: the same object from frame to frame. */
export interface OtherStride extends Point {
  readonly speed: number;
  readonly phase: number;
  readonly pose: number;
}

const WALKING = 0.35; // metres a second
const RUNNING = 5;
const HEARD_METRES = 14;
const HEARD_MOST = 6;
const GAP_SECONDS = 0.14;
const OWN_LOUDNESS = 0.55;
const OTHER_LOUDNESS = 0.6;
/** A shorter time off the ground is a kerb. */
const AIR_SECONDS = 0.22;

interface Feet {
  half: number;
  since: number;
}

export class Footsteps {
  private readonly studio: Studio;
  private readonly out: AudioNode;
  private readonly own: Feet = { half: 0, since: Infinity };
  private readonly others = new WeakMap<OtherStride, Feet>();
  private airborne = 0;

  constructor(studio: Studio, out: AudioNode) {
    this.studio = studio;
    this.out = out;
  }

  update(
    delta: number,
    self: OwnStride,
    others: readonly OtherStride[],
    ear: Readonly<Point>,
  ): void {
    this.leap(delta, self);
    if (self.isGrounded && this.steps(this.own, self, delta))
      this.step(self.ground, OWN_LOUDNESS * force(self.speed), this.out, this.own.half);
    let heard = 0;
    for (const other of others) {
      if (heard === HEARD_MOST) break;
      if (Math.hypot(other.x - ear.x, other.y - ear.y, other.z - ear.z) > HEARD_METRES) continue;
      heard++;
      const feet = this.feetOf(other);
      const isInAir = other.pose === POSE.jump || other.pose === POSE.fall;
      if (isInAir || !this.steps(feet, other, delta)) continue;
      // Who is near us mostly walks on what we walk on.
      const place = placedOutput(this.studio.context, other, this.out);
      this.step(self.ground, OTHER_LOUDNESS * force(other.speed), place.input, feet.half);
      place.releaseAfter(1);
    }
  }

  /** Off the ground with a scuff, and down on both feet. */
  private leap(delta: number, { isGrounded, ground, pose }: OwnStride): void {
    const before = this.airborne;
    this.airborne = isGrounded ? 0 : before + delta;
    if (before === 0 && !isGrounded && pose === POSE.jump)
      this.step(ground, OWN_LOUDNESS * 0.5, this.out, 0);
    if (!isGrounded || before < AIR_SECONDS) return;
    this.own.since = 0;
    this.step(ground, OWN_LOUDNESS * Math.min(1.4, 0.7 + before * 0.6), this.out, 0);
  }

  private feetOf(other: OtherStride): Feet {
    const known = this.others.get(other);
    if (known) return known;
    const feet = { half: halfOf(other.phase), since: 0 };
    this.others.set(other, feet);
    return feet;
  }

  /** True when a foot has come down. */
  private steps(
    feet: Feet,
    { phase, speed }: { phase: number; speed: number },
    delta: number,
  ): boolean {
    feet.since += delta;
    const half = halfOf(phase);
    const isDown = half !== feet.half;
    feet.half = half;
    if (!isDown || speed < WALKING || feet.since < GAP_SECONDS) return false;
    feet.since = 0;
    return true;
  }

  /** No two steps are alike: a little higher or lower, louder or softer. */
  private step(ground: GroundKind, loudness: number, out: AudioNode, foot: number): void {
    const { studio } = this;
    const { bursts, tones } = STEP_SOUNDS[ground];
    const pitch = 0.9 + studio.random() * 0.2 + (foot === 0 ? 0.03 : -0.03);
    const level = loudness * (0.8 + studio.random() * 0.4);
    for (const burst of bursts) playBurst(studio, out, burst, level, pitch);
    for (const tone of tones) playTone(studio, out, tone, level, pitch);
  }
}

const halfOf = (phase: number): number => (Math.floor(phase / Math.PI) % 2 === 0 ? 0 : 1);

const force = (speed: number): number => 0.6 + 0.4 * Math.min(1, speed / RUNNING);
