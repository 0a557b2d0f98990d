// gaze: whom somebody looks at, and how eyes and head get there. Eyes go first and quickly, the head
// follows; now and then one looks at somebody else, or at nothing.

import type { BodyPose } from './body_pose.ts';
import type { FaceState } from './bone_rows.ts';
import { BONE } from './bones.ts';
import { shortest } from './motion.ts';

const TURN = Math.PI * 2;
const REACH = 4; // metres
/** Radians to the side at which somebody is still looked at; and to which the head turns. */
const SEEN = 1.35;
const HEAD_YAW = 1.0;
const HEAD_PITCH = 0.42;
/** Metres an eye is shifted at most, and the angle that asks for it. */
const EYE_SHIFT = 0.008;
const EYE_ANGLE = 0.5;
const HEAD_EASE = 5; // a second
const EYE_EASE = 22;
const KEEP: readonly [number, number] = [1.8, 5]; // seconds
/** Of the head's turn, what the neck takes. */
const NECK_SHARE = 0.35;
/** A speaker is as interesting as somebody so much nearer. */
const SPEAKER_METRES = 3;

/** Everybody who may be looked at this frame: where their eyes are. */
export class GazeField {
  count = 0;
  private ids = new Float64Array(128);
  private places = new Float64Array(128 * 3);
  private speaking = new Uint8Array(128);

  clear(): void {
    this.count = 0;
  }

  add(id: number, x: number, y: number, z: number, isSpeaking: boolean): void {
    if (this.count === this.ids.length) return;
    this.ids[this.count] = id;
    this.places.set([x, y, z], this.count * 3);
    this.speaking[this.count] = isSpeaking ? 1 : 0;
    this.count++;
  }

  /** -1 when they are not here. */
  find(id: number, hint: number): number {
    if (this.ids[hint] === id && hint < this.count) return hint;
    for (let i = 0; i < this.count; i++) if (this.ids[i] === id) return i;
    return -1;
  }

  idAt(index: number): number {
    return this.ids[index] ?? 0;
  }

  x(index: number): number {
    return this.places[index * 3] ?? 0;
  }

  y(index: number): number {
    return this.places[index * 3 + 1] ?? 0;
  }

  z(index: number): number {
    return this.places[index * 3 + 2] ?? 0;
  }

  isSpeaking(index: number): boolean {
    return this.speaking[index] === 1;
  }
}

export interface Looker {
  readonly id: number;
  readonly x: number;
  /** Of the eyes. */
  readonly y: number;
  readonly z: number;
  /** Turns. */
  readonly yaw: number;
}

export class Gaze {
  /** Whom they look at; 0: nobody. */
  target = 0;
  /** Of the head against the body: radians, to the left and up. */
  yaw = 0;
  pitch = 0;
  private eyeYaw = 0;
  private eyePitch = 0;
  private index = 0;
  private left = 0;
  private restYaw = 0;
  private readonly random: () => number;

  constructor(random: () => number = Math.random) {
    this.random = random;
    this.left = random() * 2;
  }

  /** `attention`: 0 to 1, how much of head and eyes may follow. */
  update(field: GazeField, self: Looker, attention: number, delta: number): void {
    this.left -= delta;
    let at = this.target === 0 ? -1 : field.find(this.target, this.index);
    if (this.left <= 0 || (this.target !== 0 && !this.sees(field, at, self))) {
      at = this.choose(field, self);
    }
    this.index = at;
    let [yaw, pitch] = [this.restYaw, 0];
    if (at >= 0) {
      const [dx, dy, dz] = [field.x(at) - self.x, field.y(at) - self.y, field.z(at) - self.z];
      yaw = shortest(Math.atan2(-dx, -dz) - self.yaw * TURN);
      pitch = Math.atan2(dy, Math.hypot(dx, dz));
    }
    this.ease(yaw, pitch, attention, delta);
  }

  /** Looks at an angle against the body, as the door's doll at the pointer. */
  lookAt(yaw: number, pitch: number, delta: number): void {
    this.ease(yaw, pitch, 1, delta);
  }

  private ease(yaw: number, pitch: number, attention: number, delta: number): void {
    const headYaw = Math.min(HEAD_YAW, Math.max(-HEAD_YAW, yaw * 0.85)) * attention;
    const headPitch = Math.min(HEAD_PITCH, Math.max(-HEAD_PITCH, pitch * 0.8)) * attention;
    const head = 1 - Math.exp(-HEAD_EASE * delta);
    this.yaw += (headYaw - this.yaw) * head;
    this.pitch += (headPitch - this.pitch) * head;
    const eyes = 1 - Math.exp(-EYE_EASE * delta);
    this.eyeYaw += ((yaw - this.yaw) * attention - this.eyeYaw) * eyes;
    this.eyePitch += ((pitch - this.pitch) * attention - this.eyePitch) * eyes;
  }

  private sees(field: GazeField, at: number, self: Looker): boolean {
    return at >= 0 && interest(field, at, self) < Infinity;
  }

  private choose(field: GazeField, self: Looker): number {
    const [from, to] = KEEP;
    this.left = from + (to - from) * this.random();
    let [best, bestInterest] = [-1, Infinity];
    // Sometimes away from whom one looked at: nobody is stared at.
    const isAway = this.target !== 0 && this.random() < 0.3;
    for (let i = 0; i < field.count; i++) {
      const id = field.idAt(i);
      if (id === self.id || (isAway && id === this.target)) continue;
      const apart = interest(field, i, self);
      if (apart < bestInterest) [best, bestInterest] = [i, apart];
    }
    this.target = best < 0 ? 0 : field.idAt(best);
    this.restYaw = (this.random() - 0.5) * (this.random() < 0.4 ? 0.9 : 0.15);
    return best;
  }

  /** Turns neck and head, and shifts the eyes. */
  apply(pose: BodyPose, face: FaceState): void {
    pose.turn(BONE.neck, -this.pitch * NECK_SHARE, this.yaw * NECK_SHARE, 0);
    pose.turn(BONE.head, -this.pitch * (1 - NECK_SHARE), this.yaw * (1 - NECK_SHARE), 0);
    const shift = (angle: number) => EYE_SHIFT * Math.min(1, Math.max(-1, angle / EYE_ANGLE));
    face.eyeX = shift(this.eyeYaw);
    face.eyeY = shift(this.eyePitch) * 0.7;
  }
}

/** The less the nearer, the more in front, and speaking; infinite when out of sight. */
function interest(field: GazeField, at: number, self: Looker): number {
  const dx = field.x(at) - self.x;
  const dz = field.z(at) - self.z;
  const apart = dx * dx + dz * dz;
  if (apart > REACH * REACH || apart < 0.04) return Infinity;
  const angle = Math.abs(shortest(Math.atan2(-dx, -dz) - self.yaw * TURN));
  if (angle > SEEN) return Infinity;
  return Math.sqrt(apart) + angle * 1.2 - (field.isSpeaking(at) ? SPEAKER_METRES : 0);
}
