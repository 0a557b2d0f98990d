// feet_grip: a foot that is on the ground stays where it is. The clips put feet down without sliding; but
// between a walk and a run, while speeding up or stopping, the ground covered and the step do not quite
// agree. So the ball of each foot is held where it came down, and hip and knee give way.

import { BONE } from './bones.ts';

/** Above the height at rest that still touches, in metres of the middle figure. */
const TOUCHING = 0.014;
const BALL_HEIGHT = 0.02;
/** A foot that would have to be held back further is let go until it is lifted. */
const REACH = 0.14;
const LET_GO = 14; // a second
/** Of a leg's length, how straight it may become. */
const STRAIGHT = 0.998;

const LEGS = [
  [BONE.leftUpperLeg, BONE.leftLowerLeg, BONE.leftFoot, BONE.leftToes],
  [BONE.rightUpperLeg, BONE.rightLowerLeg, BONE.rightFoot, BONE.rightToes],
] as const;

interface Foot {
  isHeld: boolean;
  /** Was held too far, and is free until it leaves the ground. */
  isFree: boolean;
  /** Where the ball came down. */
  x: number;
  z: number;
  /** By how much it is kept from where the clip has it. */
  dx: number;
  dz: number;
}

const newFoot = (): Foot => ({ isHeld: false, isFree: false, x: 0, z: 0, dx: 0, dz: 0 });

export class FeetGrip {
  private readonly feet = [newFoot(), newFoot()] as const;
  private isOn = false;
  private delta = 0;

  /** Before a frame's bones are written. Off, what is held is let go softly. */
  begin(isOn: boolean, delta: number): void {
    this.isOn = isOn;
    this.delta = delta;
  }

  /** Moves the legs. `joint` and `turned` are all bones' in the world, three and four numbers each. */
  apply(joint: Float64Array, turned: Float64Array, ground: number, legs: number): void {
    for (const [side, bones] of LEGS.entries()) {
      const foot = this.feet[side as 0 | 1];
      this.hold(foot, joint, bones[3] * 3, ground, legs);
      if (Math.abs(foot.dx) + Math.abs(foot.dz) > 1e-4) bendLeg(joint, turned, bones, foot);
    }
  }

  private hold(foot: Foot, joint: Float64Array, ball: number, ground: number, legs: number): void {
    const x = joint[ball] as number;
    const z = joint[ball + 2] as number;
    const height = (joint[ball + 1] as number) - ground;
    const isDown = this.isOn && height < (BALL_HEIGHT + TOUCHING) * legs;
    if (!isDown) foot.isHeld = foot.isFree = false;
    if (isDown && !foot.isHeld && !foot.isFree) {
      foot.isHeld = true;
      foot.x = x + foot.dx;
      foot.z = z + foot.dz;
    }
    if (foot.isHeld && Math.hypot(foot.x - x, foot.z - z) > REACH * legs) {
      foot.isHeld = false;
      foot.isFree = true;
    }
    if (foot.isHeld) {
      foot.dx = foot.x - x;
      foot.dz = foot.z - z;
    } else {
      const left = Math.exp(-LET_GO * this.delta);
      foot.dx *= left;
      foot.dz *= left;
    }
  }
}

type Bones = (typeof LEGS)[number];

/** Ankle and toes move by the foot's way; the knee stays in its plane. */
function bendLeg(joint: Float64Array, turned: Float64Array, bones: Bones, foot: Foot): void {
  const [upper, lower, ankle, toes] = bones;
  const at = (bone: number, k: number) => joint[bone * 3 + k] as number;
  const between = (from: number, to: number): Vector => [
    at(to, 0) - at(from, 0),
    at(to, 1) - at(from, 1),
    at(to, 2) - at(from, 2),
  ];
  const thigh = between(upper, lower);
  const shin = between(lower, ankle);
  const whole = between(upper, ankle);
  const [a, b] = [length(thigh), length(shin)];
  const wished: Vector = [whole[0] + foot.dx, whole[1], whole[2] + foot.dz];
  const reach = Math.min(length(wished), (a + b) * STRAIGHT);
  const way = scaled(wished, 1 / (length(wished) || 1));
  const plane = cross(whole, thigh);
  if (length(plane) < 1e-6) return;
  const normal = unit(minus(plane, scaled(way, dot(plane, way))));
  const cosine = Math.min(1, Math.max(-1, (a * a + reach * reach - b * b) / (2 * a * reach)));
  const across = scaled(cross(normal, way), a * Math.sqrt(1 - cosine * cosine));
  const knee = plus(scaled(way, a * cosine), across);
  const end = scaled(way, reach);
  turnBy(turned, upper, thigh, knee);
  turnBy(turned, lower, shin, minus(end, knee));
  for (let k = 0; k < 3; k++) {
    const moved = (end[k] as number) - (whole[k] as number);
    joint[lower * 3 + k] = at(upper, k) + (knee[k] as number);
    joint[ankle * 3 + k] = at(ankle, k) + moved;
    joint[toes * 3 + k] = at(toes, k) + moved;
  }
}

/** Turns a bone as the one direction turns to the other. */
function turnBy(turned: Float64Array, bone: number, from: Vector, to: Vector): void {
  const [p, q] = [unit(from), unit(to)];
  const [ax, ay, az] = cross(p, q);
  const aw = 1 + dot(p, q);
  const size = 1 / (Math.hypot(ax, ay, az, aw) || 1);
  const i = bone * 4;
  const [x, y, z, w] = [turned[i], turned[i + 1], turned[i + 2], turned[i + 3]] as Quaternion;
  turned[i] = (aw * x + ax * w + ay * z - az * y) * size;
  turned[i + 1] = (aw * y - ax * z + ay * w + az * x) * size;
  turned[i + 2] = (aw * z + ax * y - ay * x + az * w) * size;
  turned[i + 3] = (aw * w - ax * x - ay * y - az * z) * size;
}

type Vector = readonly [number, number, number];
type Quaternion = readonly [number, number, number, number];

const length = ([x, y, z]: Vector) => Math.sqrt(x * x + y * y + z * z);
const dot = (p: Vector, q: Vector) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
const scaled = ([x, y, z]: Vector, k: number): Vector => [x * k, y * k, z * k];
const plus = (p: Vector, q: Vector): Vector => [p[0] + q[0], p[1] + q[1], p[2] + q[2]];
const minus = (p: Vector, q: Vector): Vector => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
const unit = (p: Vector) => scaled(p, 1 / (length(p) || 1));
const cross = (p: Vector, q: Vector): Vector => [
  p[1] * q[2] - p[2] * q[1],
  p[2] * q[0] - p[0] * q[2],
  p[0] * q[1] - p[1] * q[0],
];
