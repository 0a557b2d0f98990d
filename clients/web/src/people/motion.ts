// motion: what a body is doing, kept from frame to frame: its speed, its turning, its steps, matched to
// the ground covered, and how long it has been in its pose. From it the animator makes the body's pose.

import { POSE } from '@flux/sdk';
import { type Gait, strideAt, USUAL_GAIT } from './gait.ts';

const TURN = Math.PI * 2;
const SPEED_EASE = 10; // a second
const YAW_EASE = 12;
const HEADING_EASE = 8;
const SPEED_MAX = 12;
/** Further than this between two frames nobody walks: they were moved. */
const LEAP = 2.5; // metres
const MOVING = 0.15; // metres a second

export class Motion {
  /** Of the stride: 0 to 2 pi, where 0 puts the left foot down. */
  phase = 0;
  /** Metres a second over the ground. */
  speed = 0;
  /** Metres a second each second, along the way. */
  push = 0;
  /** Radians a second, to the left positive. */
  yawRate = 0;
  /** Which way the body goes against which way it looks: radians, 0 ahead, to the left positive. */
  heading = 0;
  pose: number = POSE.idle;
  before: number = POSE.idle;
  poseSeconds = 0;
  x = 0;
  y = 0;
  z = 0;
  /** Turns. */
  yaw = 0;
  /** How the body steps; and how long its legs are against the middle figure's. */
  gait: Gait = USUAL_GAIT;
  legs = 1;
  private known = false;

  /** Moves on by `delta` seconds to a place. */
  advance(x: number, y: number, z: number, yaw: number, pose: number, delta: number): void {
    const metres = Math.hypot(x - this.x, z - this.z);
    if (this.known && delta > 0) {
      if (metres < LEAP) this.walked(x - this.x, z - this.z, yaw, delta);
      this.turned(yaw, delta);
    }
    this.known = true;
    this.x = x;
    this.y = y;
    this.z = z;
    this.yaw = yaw;
    this.poseSeconds += delta;
    if (pose === this.pose) return;
    this.before = this.pose;
    this.pose = pose;
    this.poseSeconds = 0;
  }

  private walked(dx: number, dz: number, yaw: number, delta: number): void {
    const metres = Math.hypot(dx, dz);
    const speed = Math.min(metres / delta, SPEED_MAX);
    const eased = this.speed + (speed - this.speed) * (1 - Math.exp(-delta * SPEED_EASE));
    this.push += ((eased - this.speed) / delta - this.push) * (1 - Math.exp(-delta * YAW_EASE));
    this.speed = eased;
    if (speed > MOVING) this.headed(Math.atan2(-dx, -dz) - yaw * TURN, delta);
    const stride = strideAt(this.gait, this.speed / this.legs) * this.legs;
    const backwards = Math.cos(this.heading) < -0.3 ? -1 : 1;
    this.phase = (((this.phase + ((backwards * metres) / stride) * TURN) % TURN) + TURN) % TURN;
  }

  private headed(angle: number, delta: number): void {
    const apart = shortest(angle - this.heading);
    this.heading = shortest(this.heading + apart * (1 - Math.exp(-delta * HEADING_EASE)));
  }

  private turned(yaw: number, delta: number): void {
    const rate = shortest((yaw - this.yaw) * TURN) / delta;
    const bounded = Math.min(12, Math.max(-12, rate));
    this.yawRate += (bounded - this.yawRate) * (1 - Math.exp(-delta * YAW_EASE));
  }
}

/** An angle as one between -pi and pi. */
export function shortest(angle: number): number {
  return ((((angle + Math.PI) % TURN) + TURN) % TURN) - Math.PI;
}
