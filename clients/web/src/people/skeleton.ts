// skeleton: a near doll's bones as matrices, from its figure and its joints: what the shader needs to put
// a vertex in its place is then one product.

import { MathUtils, Matrix4 } from 'three';
import { MEASURE } from './doll/measure.ts';
import { FIGURES } from './doll/outfits.ts';
import type { Arm, Joints, Leg, Turn } from './joints.ts';

/** Order of the bones in the texture; a limb's lower bone follows its upper one. */
export const BONE = {
  torso: 0,
  head: 1,
  armLeft: 2,
  armRight: 4,
  legLeft: 6,
  legRight: 8,
  hemLeft: 10,
  hemRight: 11,
  eye: 12,
  smile: 13,
  mouth: 14,
} as const;
export const BONES = 15;
/** Texels of a doll's row: three a bone (the matrix without its last row). */
export const ROW_TEXELS = 48;

const { crotch, chin, shoulderX, shoulderY, elbowY, hipX, hipY, kneeY, eyeY, mouthY } = MEASURE;

const scratch = new Matrix4();

const shifted = (matrix: Matrix4, x: number, y: number, z: number) =>
  matrix.multiply(scratch.makeTranslation(x, y, z));
const sized = (matrix: Matrix4, x: number, y: number, z: number) =>
  matrix.multiply(scratch.makeScale(x, y, z));
const aboutX = (matrix: Matrix4, angle: number) => matrix.multiply(scratch.makeRotationX(angle));
const aboutY = (matrix: Matrix4, angle: number) => matrix.multiply(scratch.makeRotationY(angle));
const aboutZ = (matrix: Matrix4, angle: number) => matrix.multiply(scratch.makeRotationZ(angle));

function turned(matrix: Matrix4, { pitch, yaw, roll }: Turn): void {
  aboutY(matrix, yaw);
  aboutX(matrix, -pitch);
  aboutZ(matrix, roll);
}

export class Skeleton {
  private readonly root = new Matrix4();
  private readonly upper = new Matrix4();
  private readonly bone = new Matrix4();
  private readonly texels: Float32Array;
  private at = 0;

  /** `texels` holds ROW_TEXELS * 4 numbers a doll. */
  constructor(texels: Float32Array) {
    this.texels = texels;
  }

  /** Writes row `row`: a doll of that look standing at x, y, z, turned by `yaw` turns. */
  write(
    row: number,
    look: number,
    x: number,
    y: number,
    z: number,
    yaw: number,
    joints: Joints,
  ): void {
    this.at = row * ROW_TEXELS * 4;
    const [legs, torso, girth, head] = FIGURES[look & 15] ?? [1, 1, 1, 1];
    const hips = crotch * legs + 0.03;
    const { root, upper } = this;
    const lift = joints.y < -0.2 ? legs : 1; // a short doll sits lower by less
    root.makeTranslation(x, y, z);
    aboutY(root, yaw * Math.PI * 2);
    shifted(root, joints.x, joints.y * lift + hips, 0);
    turned(root, joints.body);
    upper.copy(root);
    turned(upper, joints.chest);
    this.trunk(legs, torso, girth, hips, joints);
    this.headBones(torso, head, hips, crotch * legs, joints);
    this.arm(BONE.armLeft, -1, joints.left, torso, legs, girth, hips);
    this.arm(BONE.armRight, 1, joints.right, torso, legs, girth, hips);
    this.leg(BONE.legLeft, -1, joints.legLeft, legs, girth, hips);
    this.leg(BONE.legRight, 1, joints.legRight, legs, girth, hips);
  }

  private trunk(legs: number, torso: number, girth: number, hips: number, joints: Joints): void {
    const { bone } = this;
    bone.copy(this.upper);
    shifted(bone, 0, crotch * legs - hips, 0);
    sized(bone, girth, torso, girth);
    shifted(bone, 0, -crotch, 0);
    this.store(BONE.torso);
    const sitting = MathUtils.smoothstep(
      Math.min(joints.legLeft.forward, joints.legRight.forward),
      0.5,
      1.2,
    );
    const pull = MathUtils.lerp(0.34, 0.94, sitting);
    for (const [index, leg] of [
      [BONE.hemLeft, joints.legLeft],
      [BONE.hemRight, joints.legRight],
    ] as const) {
      bone.copy(this.upper);
      aboutX(bone, leg.forward * pull);
      shifted(bone, 0, crotch * legs - hips, 0);
      sized(
        bone,
        girth * MathUtils.lerp(1, 0.72, sitting),
        legs,
        girth * MathUtils.lerp(1, 0.5, sitting),
      );
      shifted(bone, 0, -crotch, 0);
      this.store(index);
    }
  }

  private headBones(torso: number, size: number, hips: number, foot: number, joints: Joints): void {
    const { bone, upper } = this;
    upper.copy(this.upper);
    shifted(upper, 0, foot + (chin - crotch) * torso - 0.02 - hips, 0);
    turned(upper, joints.head);
    shifted(upper, 0, 0.02, 0);
    sized(upper, size, size, size);
    shifted(upper, 0, -chin, 0);
    bone.copy(upper);
    this.store(BONE.head);
    this.squeezed(BONE.eye, eyeY, 1, 1 - 0.88 * joints.eyes, 0);
    const isOpen = joints.mouth > 0.2;
    // What is not shown of the mouth is pushed into the head.
    this.squeezed(BONE.smile, mouthY, 1, 1, isOpen ? 0.06 : 0);
    const open = MathUtils.lerp(0.6, 1, joints.mouth);
    this.squeezed(BONE.mouth, mouthY, open, open, isOpen ? 0 : 0.06);
    // The arms hang from the chest, not from the head.
    this.upper.copy(this.root);
    turned(this.upper, joints.chest);
  }

  /** The head's bone, scaled about a height on it. */
  private squeezed(
    index: number,
    height: number,
    wide: number,
    high: number,
    inwards: number,
  ): void {
    this.bone.copy(this.upper);
    shifted(this.bone, 0, height, inwards);
    sized(this.bone, wide, high, 1);
    shifted(this.bone, 0, -height, 0);
    this.store(index);
  }

  private arm(
    index: number,
    side: number,
    arm: Arm,
    torso: number,
    legs: number,
    girth: number,
    hips: number,
  ): void {
    const { bone } = this;
    const size = MathUtils.lerp(torso, legs, 0.35);
    const shoulder = crotch * legs + (shoulderY - crotch) * torso;
    bone.copy(this.upper);
    shifted(bone, side * shoulderX * girth, shoulder - hips, 0);
    aboutX(bone, arm.forward);
    aboutZ(bone, side * arm.out);
    aboutY(bone, side * arm.twist);
    const elbow = (elbowY - shoulderY) * size;
    this.limb(index, arm.elbow, elbow, side * shoulderX, shoulderY, 1, size);
  }

  private leg(
    index: number,
    side: number,
    leg: Leg,
    legs: number,
    girth: number,
    hips: number,
  ): void {
    const { bone } = this;
    bone.copy(this.root);
    shifted(bone, side * hipX * MathUtils.lerp(1, girth, 0.8), hipY * legs - hips, 0);
    aboutX(bone, leg.forward);
    aboutZ(bone, side * leg.out);
    const thick = MathUtils.lerp(1, girth, 0.5);
    this.limb(index, -leg.knee, (kneeY - hipY) * legs, side * hipX, hipY, thick, legs);
  }

  /** Stores the upper bone, whose frame is in `bone`, and the lower one bent about `joint` below it. */
  private limb(
    index: number,
    bend: number,
    joint: number,
    x: number,
    y: number,
    thick: number,
    long: number,
  ): void {
    const { bone } = this;
    const frame = held.copy(bone);
    sized(bone, thick, long, thick);
    shifted(bone, -x, -y, 0);
    this.store(index);
    bone.copy(frame);
    shifted(bone, 0, joint, 0);
    aboutX(bone, bend);
    shifted(bone, 0, -joint, 0);
    sized(bone, thick, long, thick);
    shifted(bone, -x, -y, 0);
    this.store(index + 1);
  }

  /** Rows of the matrix, so that the shader needs three dot products. */
  private store(index: number): void {
    const { elements: e } = this.bone;
    const at = this.at + index * 12;
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 4; column++)
        this.texels[at + row * 4 + column] = e[column * 4 + row] ?? 0;
    }
  }
}

const held = new Matrix4();
