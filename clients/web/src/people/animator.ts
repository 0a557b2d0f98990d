// animator: what one near person's body does, as a state machine over the clips. A state's pose comes in
// over the pose that was drawn when it began, so nothing ever jumps; steps run on the ground covered, so
// feet stay where they were put. Over that lie a raised hand, the lean into a turn and the way of going.

import { EMOTES, POSE } from '@flux/sdk';
import { BodyPose } from './body_pose.ts';
import { BONE, RAISED_ARM, UPPER_BODY } from './bones.ts';
import { type ClipName, type Clips, frameAt, samplePose } from './clips.ts';
import { amplitude, type Gait, runShare } from './gait.ts';
import type { Motion } from './motion.ts';

/** 'move' is walking and running; every other state plays the clip of its name. */
export type BodyState = 'move' | Exclude<ClipName, 'walk' | 'run'>;

const TURN = Math.PI * 2;
/** Metres a second: from here on one walks; and from here on one has stopped. */
const WALKS = 0.25;
const STOPPED = 0.12;
/** Radians a second on the spot from which feet must step; and below which they rest. */
const TURNS = 1.1;
const TURNED = 0.45;
/** After so many seconds of walking a stop is worth seeing. */
const STOP_AFTER = 0.5;
const MOVE_FADE = 0.18;
const VARIATIONS = ['idle.look', 'idle.shift', 'idle.stretch'] as const;
const VARIATION_EVERY: readonly [number, number] = [7, 18]; // seconds
const HAND_EASE = 6; // a second

const HELD_BY_POSE: ReadonlyMap<number, BodyState> = new Map<number, BodyState>([
  [POSE.jump, 'jump'],
  [POSE.fall, 'fall'],
  [POSE.sit, 'sit'],
  [POSE.rest, 'rest'],
]);

const EMOTE_BY_POSE: ReadonlyMap<number, BodyState> = new Map<number, BodyState>(
  EMOTES.map((name) => [POSE[name], name]),
);

export class Animator {
  /** As drawn. */
  readonly pose = new BodyPose();
  state: BodyState = 'idle';
  /** In the state. */
  seconds = 0;
  private readonly clips: Clips;
  private readonly gait: Gait;
  private readonly random: () => number;
  /** Without the layers above it. */
  private readonly body = new BodyPose();
  /** As drawn when the state began. */
  private readonly before = new BodyPose();
  private readonly other = new BodyPose();
  private fade = 1;
  private fadeSeconds = 0;
  private moved = 0;
  /** Radians turned in the state: feet that turn on the spot step by it. */
  private turned = 0;
  private untilVariation: number;
  private handShare = 0;
  private handSeconds = 0;
  private startSeconds = Infinity;
  private lean = 0;
  private bow = 0;
  /** The emote that has been played out. */
  private ended: BodyState | undefined;

  constructor(clips: Clips, gait: Gait, random: () => number = Math.random) {
    this.clips = clips;
    this.gait = gait;
    this.random = random;
    this.untilVariation = this.nextVariation() * random();
    this.seconds = random() * clips.idle.seconds;
    this.sampleState();
    this.pose.copy(this.body);
  }

  /** How much of the eyes' and head's own business the state leaves them: 0 to 1. */
  get attention(): number {
    if (EMOTES_BUSY.has(this.state)) return 0.35;
    return this.state === 'fall' || this.state === 'jump' ? 0.2 : 1;
  }

  /** Feet on the ground are not to slide: one goes, comes to rest or rests. */
  get isStepping(): boolean {
    return this.state === 'move' || this.state === 'stop' || this.state.startsWith('idle');
  }

  update(motion: Motion, isHandUp: boolean, delta: number): void {
    this.seconds += delta;
    this.moved = this.state === 'move' ? this.moved + delta : 0;
    this.startSeconds += delta;
    this.untilVariation -= delta;
    this.turned += motion.yawRate * delta;
    const wanted = this.choose(motion);
    if (wanted !== this.state) this.enter(wanted);
    this.sampleState(motion);
    this.fadeIn(delta);
    this.pose.copy(this.body);
    this.showStart();
    this.showWay(motion, delta);
    this.showHand(isHandUp, delta);
  }

  private choose(motion: Motion): BodyState {
    const isMoving = motion.speed > (this.state === 'move' ? STOPPED : WALKS);
    const held = HELD_BY_POSE.get(motion.pose);
    if (held) return held;
    if (isMoving) return 'move';
    if (this.isLanding(motion)) return 'land';
    const emote = EMOTE_BY_POSE.get(motion.pose);
    if (emote !== this.ended) this.ended = undefined;
    if (emote) return this.emoteOrRest(emote);
    if (this.state === 'move' && this.moved > STOP_AFTER) return 'stop';
    if (this.state === 'stop' && !this.isOver) return 'stop';
    return this.turning(motion.yawRate) ?? this.resting();
  }

  /** Knees give way after a fall, however short the pose was seen. */
  private isLanding(motion: Motion): boolean {
    if (this.state === 'land') return !this.isOver;
    return motion.pose === POSE.land || this.state === 'fall';
  }

  /** An emote that does not repeat is followed by rest, though the pose still says it. */
  private emoteOrRest(emote: BodyState): BodyState {
    if (this.state === emote && this.isOver) this.ended = emote;
    return this.ended === emote ? this.resting() : emote;
  }

  private turning(rate: number): BodyState | null {
    const isTurning = this.state === 'turn.left' || this.state === 'turn.right';
    if (Math.abs(rate) < (isTurning ? TURNED : TURNS)) return null;
    return rate > 0 ? 'turn.left' : 'turn.right';
  }

  private resting(): BodyState {
    const isVariation = (VARIATIONS as readonly string[]).includes(this.state);
    if (isVariation && !this.isOver) return this.state;
    if (this.state === 'idle' && this.untilVariation <= 0) {
      this.untilVariation = this.nextVariation();
      return VARIATIONS[Math.floor(this.random() * VARIATIONS.length)] ?? 'idle';
    }
    return 'idle';
  }

  private nextVariation(): number {
    const [from, to] = VARIATION_EVERY;
    return from + (to - from) * this.random();
  }

  private get isOver(): boolean {
    if (this.state === 'move') return false;
    const clip = this.clips[this.state];
    return !clip.loop && this.seconds >= clip.seconds;
  }

  private enter(state: BodyState): void {
    this.before.copy(this.body);
    this.fade = 0;
    this.fadeSeconds = state === 'move' ? MOVE_FADE : Math.max(0.08, this.clips[state].fade);
    if (state === 'move') this.startSeconds = 0;
    this.state = state;
    this.seconds = 0;
    this.turned = 0;
  }

  private sampleState(motion?: Motion): void {
    if (this.state === 'move') {
      this.sampleSteps(motion);
      return;
    }
    const clip = this.clips[this.state];
    const seconds = clip.turn === 0 ? this.seconds : (this.turned / clip.turn) * clip.seconds;
    samplePose(clip, frameAt(clip, seconds), this.body);
  }

  private sampleSteps(motion?: Motion): void {
    const { walk, run, idle } = this.clips;
    const speed = motion ? motion.speed / motion.legs : 0;
    const share = motion ? motion.phase / TURN : 0;
    const running = runShare(this.gait, speed);
    samplePose(walk, share * walk.frames, this.body);
    if (running > 0) {
      samplePose(run, share * run.frames, this.other);
      this.body.mix(this.other, running);
    }
    const swing = amplitude(this.gait, speed);
    if (swing < 1) {
      samplePose(idle, frameAt(idle, this.seconds), this.other);
      this.body.mix(this.other, 1 - swing);
    }
  }

  private fadeIn(delta: number): void {
    if (this.fade >= 1) return;
    this.fade = Math.min(1, this.fade + delta / this.fadeSeconds);
    const share = this.fade * this.fade * (3 - 2 * this.fade);
    this.body.mix(this.before, 1 - share);
  }

  /** Setting off shows above the hips; the legs walk at once. */
  private showStart(): void {
    const { start } = this.clips;
    const share = this.startSeconds / start.seconds;
    if (this.state !== 'move' || share >= 1) return;
    samplePose(start, frameAt(start, this.startSeconds), this.other);
    this.pose.mixBones(this.other, 0.6 * Math.sin(share * Math.PI) ** 2, UPPER_BODY);
  }

  /** The lean into a turn, the push of setting off, and hips that go where the feet go. */
  private showWay(motion: Motion, delta: number): void {
    const ease = 1 - Math.exp(-7 * delta);
    const wished = -0.02 * motion.yawRate * Math.min(6, motion.speed);
    this.lean += (Math.min(0.16, Math.max(-0.16, wished)) - this.lean) * ease;
    this.bow += (Math.min(0.1, Math.max(-0.1, motion.push * 0.012)) - this.bow) * ease;
    const { pose } = this;
    if (Math.abs(this.lean) > 1e-3 || Math.abs(this.bow) > 1e-3) {
      pose.turn(BONE.spine, this.bow * 0.5, 0, this.lean * 0.6);
      pose.turn(BONE.chest, this.bow * 0.5, 0, this.lean * 0.4);
      pose.turn(BONE.head, -this.bow * 0.6, 0, -this.lean * 0.5);
    }
    if (this.state !== 'move') return;
    const sideways = sidewaysOf(motion.heading);
    if (Math.abs(sideways) < 0.03) return;
    pose.turn(BONE.hips, 0, sideways, 0);
    pose.turn(BONE.spine, 0, -sideways * 0.5, 0);
    pose.turn(BONE.chest, 0, -sideways * 0.5, 0);
  }

  private showHand(isUp: boolean, delta: number): void {
    const goal = isUp && this.state !== 'hand' ? 1 : 0;
    if (goal === 1 && this.handShare < 0.01) this.handSeconds = 0;
    this.handShare += (goal - this.handShare) * (1 - Math.exp(-HAND_EASE * delta));
    if (this.handShare < 0.005) return;
    this.handSeconds += delta;
    const { hand } = this.clips;
    samplePose(
      hand,
      frameAt(hand, handLoop(this.handSeconds, hand.seconds, hand.loop)),
      this.other,
    );
    this.pose.mixBones(this.other, this.handShare, RAISED_ARM);
  }
}

/** Busy with their whole body: they look where the emote looks. */
const EMOTES_BUSY: ReadonlySet<BodyState> = new Set<BodyState>([
  'dance',
  'laugh',
  'cheer',
  'bow',
  'think',
  'idle.stretch',
  'idle.look',
]);

/** A clip that ends with the hand coming down is held at its middle. */
function handLoop(seconds: number, length: number, loop: boolean): number {
  return loop ? seconds : Math.min(seconds, length * 0.5);
}

/** Hips turn to the way one goes, or away from it when one goes backwards. */
function sidewaysOf(heading: number): number {
  const isBackwards = Math.cos(heading) < -0.3;
  const angle = isBackwards ? heading - Math.sign(heading) * Math.PI : heading;
  return Math.min(1.1, Math.max(-1.1, angle));
}
