// shown_pose: what our body is seen doing: walking and standing by themselves, and over them what we have
// chosen to show until we move or it ends.

import { type EmoteName, POSE } from '@flux/sdk';

const EMOTE_SECONDS: Readonly<Record<EmoteName, number>> = {
  wave: 3.6,
  dance: 8,
  clap: 2.4,
  point: 2.4,
  laugh: 2.4,
  cheer: 2.4,
  bow: 2.6,
  shrug: 2,
  think: 3.6,
  heart: 3,
  groove: 8,
  hand: 4,
};

/** Turning on the spot faster than this is seen as steps: radians a second. */
const TURNING = 0.9;

export class ShownPose {
  pose: number = POSE.idle;
  private held: { pose: number; left: number } | null = null;

  get isSitting(): boolean {
    return this.held?.pose === POSE.rest;
  }

  showEmote(name: EmoteName): void {
    this.held = { pose: POSE[name], left: EMOTE_SECONDS[name] };
  }

  /** Down on the ground, where there is no seat. */
  sitDown(): void {
    this.held = { pose: POSE.rest, left: Infinity };
  }

  end(): void {
    this.held = null;
  }

  /** `moving`: the pose of the body's own motion; `turn`: radians a second. */
  update(moving: number, isSeated: boolean, turn: number, delta: number): void {
    if (this.held) {
      this.held.left -= delta;
      if (this.held.left <= 0) this.held = null;
    }
    const isStill = moving === POSE.idle || moving === POSE.land;
    if (isSeated) this.pose = POSE.sit;
    else if (this.held && isStill) this.pose = this.held.pose;
    else if (moving === POSE.idle && Math.abs(turn) > TURNING) this.pose = POSE.turn;
    else this.pose = moving;
  }
}
