// body_pose: how a body is held: a rotation for each bone, where the hips are, and the face's scales.
// Rotations are quaternions (x, y, z, w) against the parent; bones have no rotation at rest.

import { BONES } from './bones.ts';

/** Places in BodyPose.face. */
export const FACE = { jaw: 0, leftEye: 1, rightEye: 2 } as const;

export class BodyPose {
  readonly rotation = new Float32Array(BONES * 4);
  /** Of the middle figure's hips from the ground. */
  readonly hips = new Float32Array(3);
  /** A height that is the same for all figures, from which longer legs raise the hips: a seat's, or the ground. */
  level = 0;
  /** How open jaw and eyes are: 0 to 1. */
  readonly face = Float32Array.of(0, 1, 1);

  constructor() {
    for (let bone = 0; bone < BONES; bone++) this.rotation[bone * 4 + 3] = 1;
  }

  copy(other: BodyPose): this {
    this.rotation.set(other.rotation);
    this.hips.set(other.hips);
    this.level = other.level;
    this.face.set(other.face);
    return this;
  }

  /** Goes towards `other`: 0 stays, 1 is there. */
  mix(other: BodyPose, share: number): void {
    for (let bone = 0; bone < BONES; bone++)
      mixRotation(this.rotation, other.rotation, bone, share);
    this.level += (other.level - this.level) * share;
    for (let i = 0; i < 3; i++) {
      this.hips[i] = mixed(this.hips[i], other.hips[i], share);
      this.face[i] = mixed(this.face[i], other.face[i], share);
    }
  }

  /** The same for some bones only. */
  mixBones(other: BodyPose, share: number, bones: readonly number[]): void {
    for (const bone of bones) mixRotation(this.rotation, other.rotation, bone, share);
  }

  /** Turns a bone further, in its parent's axes. Small angles: pitch bows, yaw looks left, roll leans right. */
  turn(bone: number, pitch: number, yaw: number, roll: number): void {
    // The product of the three half-angle quaternions, about y, then x, then z.
    const [cx, sx] = [Math.cos(pitch / 2), Math.sin(pitch / 2)];
    const [cy, sy] = [Math.cos(yaw / 2), Math.sin(yaw / 2)];
    const [cz, sz] = [Math.cos(roll / 2), Math.sin(roll / 2)];
    const ax = sx * cy * cz + cx * sy * sz;
    const ay = cx * sy * cz - sx * cy * sz;
    const az = cx * cy * sz - sx * sy * cz;
    const aw = cx * cy * cz + sx * sy * sz;
    const r = this.rotation;
    const at = bone * 4;
    const [bx = 0, by = 0, bz = 0, bw = 1] = [r[at], r[at + 1], r[at + 2], r[at + 3]];
    r[at] = aw * bx + ax * bw + ay * bz - az * by;
    r[at + 1] = aw * by - ax * bz + ay * bw + az * bx;
    r[at + 2] = aw * bz + ax * by - ay * bx + az * bw;
    r[at + 3] = aw * bw - ax * bx - ay * by - az * bz;
  }
}

function mixed(a: number | undefined, b: number | undefined, share: number): number {
  return (a ?? 0) + ((b ?? 0) - (a ?? 0)) * share;
}

/** Along the shorter way, normalised: for the angles between neighbouring poses as good as the arc. */
function mixRotation(to: Float32Array, from: Float32Array, bone: number, share: number): void {
  const at = bone * 4;
  const ax = to[at] as number;
  const ay = to[at + 1] as number;
  const az = to[at + 2] as number;
  const aw = to[at + 3] as number;
  const bx = from[at] as number;
  const by = from[at + 1] as number;
  const bz = from[at + 2] as number;
  const bw = from[at + 3] as number;
  const keep = 1 - share;
  const take = ax * bx + ay * by + az * bz + aw * bw < 0 ? -share : share;
  const x = ax * keep + bx * take;
  const y = ay * keep + by * take;
  const z = az * keep + bz * take;
  const w = aw * keep + bw * take;
  const scale = 1 / (Math.sqrt(x * x + y * y + z * z + w * w) || 1);
  to[at] = x * scale;
  to[at + 1] = y * scale;
  to[at + 2] = z * scale;
  to[at + 3] = w * scale;
}

/** The largest angle in radians by which a bone is turned otherwise in `b` than in `a`. */
export function angleBetween(a: BodyPose, b: BodyPose): number {
  let largest = 0;
  for (let at = 0; at < BONES * 4; at += 4) {
    let dot = 0;
    for (let k = 0; k < 4; k++) dot += (a.rotation[at + k] ?? 0) * (b.rotation[at + k] ?? 0);
    largest = Math.max(largest, 2 * Math.acos(Math.min(1, Math.abs(dot))));
  }
  return largest;
}
