// bone_rows: bodies as matrices in a float texture, a row each: three texels a bone (a matrix without its
// last row), so that the shader needs three products a bone, and one texel that says who it is.
//
// A point v of the resting middle figure comes to lie at P + Q (s * (v - J)): J is the bone's joint at
// rest, s the figure's scale, Q and P how the bone is turned and where its joint is now.

import { DataTexture, FloatType, NearestFilter, RGBAFormat } from 'three';
import { type BodyPose, FACE } from './body_pose.ts';
import { BONE, BONES, PARENT, type RestJoints } from './bones.ts';
import type { FeetGrip } from './feet_grip.ts';
import type { FigureShape } from './figure.ts';

/** Texels of a row: the bones, then look and fade. */
export const ROW_TEXELS = BONES * 3 + 1;
const ROW_FLOATS = ROW_TEXELS * 4;
const TURN = Math.PI * 2;
/** What is not shown of the mouth is pushed so far into the head. */
const MOUTH_HIDDEN = 0.04;
/** Less open it is the closed mouth's smile that shows. */
const MOUTH_OPENS = 0.25;
/** What is held keeps so far to the side, or it would be before the body and the face. */
const HELD_ASIDE = 0.27;
/** A closed eye is a line. */
const EYE_CLOSED = 0.08;

export interface Stand {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Turns; 0 looks along -z. */
  readonly yaw: number;
}

/** What a face does beside its pose. */
export interface FaceState {
  /** 0 to 1. */
  mouth: number;
  /** 1 open, 0 closed. */
  lids: number;
  /** Metres, to the left and up. */
  eyeX: number;
  eyeY: number;
}

export class BoneRows {
  readonly texture: DataTexture;
  private readonly texels: Float32Array;
  private readonly rest: RestJoints;
  private readonly offset = new Float32Array(BONES * 3);
  private readonly scale = new Float32Array(BONES * 3);
  /** Turn and joint of each bone in the world. */
  private readonly turned = new Float64Array(BONES * 4);
  private readonly joint = new Float64Array(BONES * 3);

  constructor(rows: number, rest: RestJoints) {
    this.rest = rest;
    this.texels = new Float32Array(rows * ROW_FLOATS);
    this.texture = new DataTexture(this.texels, ROW_TEXELS, rows, RGBAFormat, FloatType);
    this.texture.minFilter = this.texture.magFilter = NearestFilter;
  }

  /** `grip` holds the feet where they came down; without it they are where the pose has them. */
  write(
    row: number,
    pose: BodyPose,
    shape: FigureShape,
    stand: Stand,
    face: FaceState,
    grip?: FeetGrip,
  ): void {
    this.offset.set(shape.offset);
    this.scale.set(shape.scale);
    this.setFace(pose, face, shape.head);
    this.place(pose, shape.legs, stand);
    for (let bone = 1; bone < BONES; bone++) this.join(bone, pose.rotation);
    this.hold(stand);
    grip?.apply(this.joint, this.turned, stand.y, shape.legs);
    const at = row * ROW_FLOATS;
    for (let bone = 0; bone < BONES; bone++) this.store(bone, at + bone * 12);
  }

  /** Another row has the same body: somebody who is just changing from one detail to another. */
  copy(from: number, to: number): void {
    const start = from * ROW_FLOATS;
    this.texels.copyWithin(to * ROW_FLOATS, start, start + ROW_FLOATS);
  }

  /** `fade` from 0 to 1 shows so much of the row's body; below 0 it shows what 1 + fade leaves out. */
  mark(row: number, look: number, fade: number): void {
    const at = row * ROW_FLOATS + BONES * 12;
    this.texels[at] = look & 0xffff;
    this.texels[at + 1] = look >>> 16;
    this.texels[at + 2] = fade;
  }

  /** Without bones, whatever wears the row has no extent. */
  clear(row: number): void {
    this.texels.fill(0, row * ROW_FLOATS, (row + 1) * ROW_FLOATS);
  }

  /** Where a point of the resting middle figure is, by a row as written. */
  pointOf(row: number, bone: number, x: number, y: number, z: number): [number, number, number] {
    const at = row * ROW_FLOATS + bone * 12;
    const along = (k: number) => {
      const [a = 0, b = 0, c = 0, d = 0] = this.texels.subarray(at + k * 4, at + k * 4 + 4);
      return a * x + b * y + c * z + d;
    };
    return [along(0), along(1), along(2)];
  }

  /** The numbers of a row's bones, to be read at once. */
  row(row: number): Float32Array {
    return this.texels.subarray(row * ROW_FLOATS, row * ROW_FLOATS + BONES * 12);
  }

  private setFace(pose: BodyPose, face: FaceState, size: number): void {
    const { offset, scale } = this;
    const open = Math.max(face.mouth, pose.face[FACE.jaw] ?? 0);
    const isOpen = open > MOUTH_OPENS;
    scaleBone(scale, BONE.jaw, 0.7 + 0.3 * open, Math.max(0.4, open));
    offset[BONE.jaw * 3 + 2] = (offset[BONE.jaw * 3 + 2] ?? 0) - (isOpen ? 0 : MOUTH_HIDDEN * size);
    offset[BONE.smile * 3 + 2] =
      (offset[BONE.smile * 3 + 2] ?? 0) - (isOpen ? MOUTH_HIDDEN * size : 0);
    for (const [eye, place] of EYES) {
      const lids = Math.min(face.lids, pose.face[place] ?? 1);
      scaleBone(scale, eye, 1, EYE_CLOSED + (1 - EYE_CLOSED) * lids);
      offset[eye * 3] = (offset[eye * 3] ?? 0) + face.eyeX * size;
      offset[eye * 3 + 1] = (offset[eye * 3 + 1] ?? 0) + face.eyeY * size;
    }
  }

  /** The hips: models look along +z, and yaw 0 is along -z. */
  private place(pose: BodyPose, legs: number, stand: Stand): void {
    const half = (stand.yaw * TURN + Math.PI) / 2;
    const [s, c] = [Math.sin(half), Math.cos(half)];
    const [x = 0, y = 0, z = 0, w = 1] = pose.rotation;
    const { turned, joint } = this;
    turned[0] = c * x + s * z;
    turned[1] = c * y + s * w;
    turned[2] = c * z - s * x;
    turned[3] = c * w - s * y;
    const [hx = 0, hy = 0, hz = 0] = pose.hips;
    const [sin, cos] = [2 * s * c, c * c - s * s];
    joint[0] = stand.x + (hx * cos + hz * sin) * legs;
    joint[1] = stand.y + pose.level + (hy - pose.level) * legs;
    joint[2] = stand.z + (hz * cos - hx * sin) * legs;
  }

  /** A bone's turn and joint from its parent's. */
  private join(bone: number, rotation: Float32Array): void {
    const { turned, joint, offset } = this;
    const parent = PARENT[bone] as number;
    const p = parent * 4;
    const px = turned[p] as number;
    const py = turned[p + 1] as number;
    const pz = turned[p + 2] as number;
    const pw = turned[p + 3] as number;
    const at = bone * 4;
    const x = rotation[at] as number;
    const y = rotation[at + 1] as number;
    const z = rotation[at + 2] as number;
    const w = rotation[at + 3] as number;
    turned[at] = pw * x + px * w + py * z - pz * y;
    turned[at + 1] = pw * y - px * z + py * w + pz * x;
    turned[at + 2] = pw * z + px * y - py * x + pz * w;
    turned[at + 3] = pw * w - px * x - py * y - pz * z;
    const j = bone * 3;
    const ox = offset[j] as number;
    const oy = offset[j + 1] as number;
    const oz = offset[j + 2] as number;
    // v + 2 w (q x v) + 2 q x (q x v)
    const tx = 2 * (py * oz - pz * oy);
    const ty = 2 * (pz * ox - px * oz);
    const tz = 2 * (px * oy - py * ox);
    const from = parent * 3;
    joint[j] = (joint[from] as number) + ox + pw * tx + py * tz - pz * ty;
    joint[j + 1] = (joint[from + 1] as number) + oy + pw * ty + pz * tx - px * tz;
    joint[j + 2] = (joint[from + 2] as number) + oz + pw * tz + px * ty - py * tx;
  }

  /** What a hand holds goes with it and stays upright. */
  private hold({ x, z, yaw }: Stand): void {
    const { turned, joint, scale } = this;
    const half = (yaw * TURN + Math.PI) / 2;
    turned.set([0, Math.sin(half), 0, Math.cos(half)], BONE.held * 4);
    const [sin, cos] = [Math.sin(half * 2), Math.cos(half * 2)];
    const j = BONE.held * 3;
    const aside = ((joint[j] ?? 0) - x) * cos - ((joint[j + 2] ?? 0) - z) * sin;
    const lack = Math.max(0, HELD_ASIDE * (scale[j] ?? 1) - aside);
    joint[j] = (joint[j] ?? 0) + lack * cos;
    joint[j + 2] = (joint[j + 2] ?? 0) - lack * sin;
  }

  private store(bone: number, at: number): void {
    const { turned, joint, scale, rest, texels } = this;
    const q = bone * 4;
    const x = turned[q] as number;
    const y = turned[q + 1] as number;
    const z = turned[q + 2] as number;
    const w = turned[q + 3] as number;
    const j = bone * 3;
    const sx = scale[j] as number;
    const sy = scale[j + 1] as number;
    const sz = scale[j + 2] as number;
    const jx = rest[j] as number;
    const jy = rest[j + 1] as number;
    const jz = rest[j + 2] as number;
    let a = (1 - 2 * (y * y + z * z)) * sx;
    let b = 2 * (x * y - z * w) * sy;
    let c = 2 * (x * z + y * w) * sz;
    texels[at] = a;
    texels[at + 1] = b;
    texels[at + 2] = c;
    texels[at + 3] = (joint[j] as number) - a * jx - b * jy - c * jz;
    a = 2 * (x * y + z * w) * sx;
    b = (1 - 2 * (x * x + z * z)) * sy;
    c = 2 * (y * z - x * w) * sz;
    texels[at + 4] = a;
    texels[at + 5] = b;
    texels[at + 6] = c;
    texels[at + 7] = (joint[j + 1] as number) - a * jx - b * jy - c * jz;
    a = 2 * (x * z - y * w) * sx;
    b = 2 * (y * z + x * w) * sy;
    c = (1 - 2 * (x * x + y * y)) * sz;
    texels[at + 8] = a;
    texels[at + 9] = b;
    texels[at + 10] = c;
    texels[at + 11] = (joint[j + 2] as number) - a * jx - b * jy - c * jz;
  }

  dispose(): void {
    this.texture.dispose();
  }
}

const EYES: readonly (readonly [number, number])[] = [
  [BONE.leftEye, FACE.leftEye],
  [BONE.rightEye, FACE.rightEye],
];

function scaleBone(scale: Float32Array, bone: number, wide: number, high: number): void {
  scale[bone * 3] = (scale[bone * 3] ?? 1) * wide;
  scale[bone * 3 + 1] = (scale[bone * 3 + 1] ?? 1) * high;
}
