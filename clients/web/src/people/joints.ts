// joints: how a doll's limbs are held, by pose, time and stride. Angles are radians. Arms and legs hang
// straight down at rest; "forward" swings them to the front, "out" away from the body.

import { POSE } from '@flux/sdk';

export interface Arm {
  forward: number;
  out: number;
  /** Turns the bent forearm inwards. */
  twist: number;
  elbow: number;
}

export interface Leg {
  forward: number;
  out: number;
  knee: number;
}

export interface Turn {
  pitch: number;
  yaw: number;
  roll: number;
}

export interface Joints {
  /** Of the whole body, metres. */
  x: number;
  y: number;
  readonly body: Turn;
  /** What is above the hips. */
  readonly chest: Turn;
  readonly head: Turn;
  readonly left: Arm;
  readonly right: Arm;
  readonly legLeft: Leg;
  readonly legRight: Leg;
  /** 0 open, 1 closed. */
  eyes: number;
  /** 0 a smile, 1 wide open. */
  mouth: number;
}

const turn = (): Turn => ({ pitch: 0, yaw: 0, roll: 0 });
const arm = (): Arm => ({ forward: 0, out: 0, twist: 0, elbow: 0 });
const leg = (): Leg => ({ forward: 0, out: 0, knee: 0 });

export const newJoints = (): Joints => ({
  x: 0,
  y: 0,
  body: turn(),
  chest: turn(),
  head: turn(),
  left: arm(),
  right: arm(),
  legLeft: leg(),
  legRight: leg(),
  eyes: 0,
  mouth: 0,
});

const { sin, cos, abs, max, min } = Math;
const mix = (a: number, b: number, k: number) => a + (b - a) * k;
const clamp = (value: number, low: number, high: number) => min(high, max(low, value));
const fract = (value: number) => value - Math.floor(value);
const smoothstep = (from: number, to: number, value: number) => {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
};

function setTurn(to: Turn, pitch: number, yaw: number, roll: number): void {
  to.pitch = pitch;
  to.yaw = yaw;
  to.roll = roll;
}

function setArm(to: Arm, forward: number, out: number, twist: number, elbow: number): void {
  to.forward = forward;
  to.out = out;
  to.twist = twist;
  to.elbow = elbow;
}

function setArms(j: Joints, forward: number, out: number, twist: number, elbow: number): void {
  setArm(j.left, forward, out, twist, elbow);
  setArm(j.right, forward, out, twist, elbow);
}

function setLeg(to: Leg, forward: number, out: number, knee: number): void {
  to.forward = forward;
  to.out = out;
  to.knee = knee;
}

function stand(j: Joints, t: number, seed: number): void {
  const breath = sin(t * 1.9 + seed);
  j.x = j.y = 0;
  setTurn(j.body, 0, 0, 0.015 * sin(t * 0.7 + seed));
  setTurn(j.chest, 0.012 * breath, 0.03 * sin(t * 0.5 + seed), 0);
  setTurn(j.head, 0.02 * breath, 0.16 * sin(t * 0.43 + seed * 1.7), 0.04 * sin(t * 0.31 + seed));
  setArm(j.left, 0.04 * breath, 0.17, 0.1, 0.2);
  setArm(j.right, 0.03 * sin(t * 1.9 + seed + 0.6), 0.17, 0.1, 0.2);
  setLeg(j.legLeft, 0, 0.02, 0);
  setLeg(j.legRight, 0, 0.02, 0);
  // Now and then everybody blinks.
  j.eyes = fract(t * 0.27 + seed * 0.37) > 0.968 ? 1 : 0;
  j.mouth = 0;
}

function stride(j: Joints, phase: number, amount: number, run: number): void {
  const [s, c] = [sin(phase), cos(phase)];
  const swing = mix(0.62, 0.95, run) * amount;
  const knee = amount * mix(0.75, 1.35, run);
  const forward = 0.1 * run * amount;
  setLeg(j.legLeft, swing * s + forward, 0, knee * max(0, c) + 0.08);
  setLeg(j.legRight, -swing * s + forward, 0, knee * max(0, -c) + 0.08);
  const reach = mix(0.5, 0.95, run) * amount;
  const [out, elbow] = [mix(0.17, 0.22, run), mix(0.3, 1.35, run * amount)];
  setArm(j.left, -reach * s, out, 0.15, elbow);
  setArm(j.right, reach * s, out, 0.15, elbow);
  j.chest.pitch += amount * mix(0.04, 0.2, run);
  j.chest.yaw += 0.09 * s * amount;
  setTurn(j.head, -amount * mix(0.02, 0.14, run), -0.06 * s * amount, 0.025 * c * amount);
  j.body.roll += 0.035 * c * amount;
  j.y += amount * mix(-0.03 * abs(s), 0.07 * abs(c) - 0.03, run);
}

function dance(j: Joints, t: number): void {
  const b = t * 7;
  const half = sin(b * 0.5);
  const up = 0.5 + 0.5 * half;
  j.x = 0.05 * half;
  j.y = 0.045 * abs(sin(b));
  setTurn(j.body, 0, 0.35 * half, 0.08 * half);
  setTurn(j.chest, 0.04 * sin(b), 0.2 * half, -0.12 * half);
  setTurn(j.head, 0.1 * sin(b), 0, 0.14 * half);
  setArm(j.left, 0.5, mix(0.5, 2.5, up), -0.6, 0.9);
  setArm(j.right, 0.5, mix(2.5, 0.5, up), -0.6, 0.9);
  setLeg(j.legLeft, 0.35 * max(0, half), 0.1, 0.8 * max(0, half));
  setLeg(j.legRight, 0.35 * max(0, -half), 0.1, 0.8 * max(0, -half));
  j.mouth = 0.7;
}

function cheer(j: Joints, t: number): void {
  const hop = abs(sin(t * 5.5));
  const bend = 1 - hop;
  j.y += 0.16 * hop;
  setArms(j, 0.15, 2.35 + 0.2 * hop, -0.4, 0.25);
  setLeg(j.legLeft, 0.25 * bend, 0.02, 0.5 * bend);
  setLeg(j.legRight, 0.25 * bend, 0.02, 0.5 * bend);
  j.head.pitch = -0.15;
  j.mouth = 1;
}

function bow(j: Joints, t: number): void {
  const turnTime = t % 3.2;
  const deep = smoothstep(0, 0.7, turnTime) * (1 - smoothstep(1.7, 2.6, turnTime));
  j.chest.pitch = 0.95 * deep;
  j.head.pitch = 0.35 * deep;
  setArm(j.left, 0.4 * deep, 0.1, 0.2, 0.2);
  setArm(j.right, 0.7 * deep, 0.1, 1.1 * deep, 1.4 * deep);
  j.eyes = 0.9 * deep;
}

function emote(j: Joints, pose: number, t: number): void {
  switch (pose) {
    case POSE.wave:
      setArm(j.right, 0.1, 2.5 + 0.32 * sin(t * 9), -0.9, 0.35);
      j.head.yaw -= 0.1;
      j.head.roll += 0.1;
      j.mouth = 0.6;
      break;
    case POSE.dance:
      dance(j, t);
      break;
    case POSE.clap:
      setArms(j, 0.85, 0.1, mix(0.75, 0.25, 0.5 + 0.5 * sin(t * 13)), 1);
      j.head.pitch += 0.05 * sin(t * 6.5);
      j.mouth = 0.45;
      break;
    case POSE.point:
      setArm(j.right, 1.5 + 0.05 * sin(t * 6), 0, 0, 0);
      setArm(j.left, 0.3, 0.5, 1.2, 1.3);
      j.chest.yaw += 0.15;
      break;
    case POSE.laugh:
      j.chest.pitch += -0.14 + 0.05 * sin(t * 17);
      j.y += 0.012 * abs(sin(t * 8.5));
      setTurn(j.head, -0.22, 0, 0.06 * sin(t * 3));
      setArms(j, 0.45, 0.12, 0.95, 1.45);
      j.eyes = 0.85;
      j.mouth = 1;
      break;
    case POSE.cheer:
      cheer(j, t);
      break;
    case POSE.bow:
      bow(j, t);
      break;
    case POSE.shrug: {
      const up = 0.75 + 0.25 * sin(t * 3);
      setArms(j, 0.25, 0.45 * up, -0.9, 1.5 * up);
      j.head.roll = 0.22 * sin(t * 1.5);
      break;
    }
    case POSE.think:
      setArm(j.right, 0.75, -0.02, 0.45, 2.25);
      setArm(j.left, 0.42, 0.12, 1.25, 1.5);
      setTurn(j.head, -0.12, 0.2 + 0.08 * sin(t * 0.9), 0.13);
      break;
    case POSE.heart:
      setArms(j, 0.1, 2.45, -1.57, 1.2);
      j.body.roll = 0.07 * sin(t * 3.2);
      j.head.roll = 0.12 * sin(t * 3.2);
      j.eyes = 0.85;
      j.mouth = 0.5;
      break;
    default:
      break;
  }
}

/** `t`: seconds in the pose; `phase`: of the stride; `speed`: metres a second; `seed`: one's own. */
export function setPose(
  j: Joints,
  pose: number,
  t: number,
  phase: number,
  speed: number,
  seed: number,
): void {
  stand(j, t, seed);
  switch (pose) {
    case POSE.walk:
      stride(j, phase, clamp(speed * 0.6, 0.25, 1), 0);
      break;
    case POSE.run:
      stride(j, phase, clamp(speed * 0.25, 0.5, 1), 1);
      break;
    case POSE.jump:
      setArms(j, 0.5, 1.2, 0, 0.5);
      setLeg(j.legLeft, 0.65, 0.04, 1.1);
      setLeg(j.legRight, -0.2, 0.04, 0.7);
      j.mouth = 0.5;
      break;
    case POSE.fall:
      setArm(j.left, 0.1, 1.75 + 0.25 * sin(t * 14), 0, 0.3);
      setArm(j.right, 0.1, 1.75 - 0.25 * sin(t * 14), 0, 0.3);
      setLeg(j.legLeft, 0.35, 0.1, 0.7);
      setLeg(j.legRight, -0.1, 0.1, 0.5);
      j.mouth = 0.8;
      break;
    case POSE.land:
      j.y = -0.05;
      j.chest.pitch = 0.25;
      setLeg(j.legLeft, 0.45, 0.06, 0.9);
      setLeg(j.legRight, 0.45, 0.06, 0.9);
      j.left.out = j.right.out = 0.6;
      break;
    case POSE.sit:
      j.y = SIT_Y;
      j.chest.pitch = -0.08;
      setLeg(j.legLeft, 1.42, 0.14, 0.12);
      setLeg(j.legRight, 1.42, 0.14, 0.12);
      setArms(j, 0.35, 0.12, 0.2, 0.55);
      break;
    case POSE.turn:
      stride(j, t * 9, 0.25, 0);
      break;
    default:
      emote(j, pose, t);
      break;
  }
}

/** Sitting on the ground, for a doll of the usual legs. */
export const SIT_Y = -0.36;

function mixTurn(a: Turn, b: Turn, k: number): void {
  a.pitch = mix(a.pitch, b.pitch, k);
  a.yaw = mix(a.yaw, b.yaw, k);
  a.roll = mix(a.roll, b.roll, k);
}

function mixArm(a: Arm, b: Arm, k: number): void {
  a.forward = mix(a.forward, b.forward, k);
  a.out = mix(a.out, b.out, k);
  a.twist = mix(a.twist, b.twist, k);
  a.elbow = mix(a.elbow, b.elbow, k);
}

function mixLeg(a: Leg, b: Leg, k: number): void {
  a.forward = mix(a.forward, b.forward, k);
  a.out = mix(a.out, b.out, k);
  a.knee = mix(a.knee, b.knee, k);
}

/** Moves `a` towards `b`: 0 leaves it, 1 makes it `b`. */
export function mixJoints(a: Joints, b: Joints, k: number): void {
  a.x = mix(a.x, b.x, k);
  a.y = mix(a.y, b.y, k);
  mixTurn(a.body, b.body, k);
  mixTurn(a.chest, b.chest, k);
  mixTurn(a.head, b.head, k);
  mixArm(a.left, b.left, k);
  mixArm(a.right, b.right, k);
  mixLeg(a.legLeft, b.legLeft, k);
  mixLeg(a.legRight, b.legRight, k);
  a.eyes = mix(a.eyes, b.eyes, k);
  a.mouth = mix(a.mouth, b.mouth, k);
}
