// motion: what a near person's body is doing, kept from frame to frame so that steps match the ground
// covered and one pose flows into the next.

import { POSE } from '@flux/sdk';

const BLEND_SECONDS = 0.22;
const SPEED_EASE = 9; // a second

export class Motion {
  phase = 0;
  speed = 0;
  pose: number = POSE.idle;
  before: number = POSE.idle;
  poseSeconds = 0;
  /** 0: the pose before; 1: this one. */
  blend = 1;
  x = 0;
  y = 0;
  z = 0;
  yaw = 0;
  private known = false;

  /** Moves on by `delta` seconds to a place. */
  advance(x: number, y: number, z: number, yaw: number, pose: number, delta: number): void {
    if (this.known && delta > 0) this.walked(Math.hypot(x - this.x, z - this.z), pose, delta);
    this.known = true;
    this.x = x;
    this.y = y;
    this.z = z;
    this.yaw = yaw;
    this.setPose(pose, delta);
  }

  private walked(metres: number, pose: number, delta: number): void {
    const speed = Math.min(metres / delta, 12);
    this.speed += (speed - this.speed) * Math.min(1, delta * SPEED_EASE);
    // Longer steps the faster one goes; a jump across the place does not spin the legs.
    const stride = pose === POSE.run ? 0.7 + 0.3 * this.speed : 0.75 + 0.25 * this.speed;
    this.phase = (this.phase + (Math.min(metres, 0.5) / stride) * Math.PI * 2) % (Math.PI * 2);
  }

  private setPose(pose: number, delta: number): void {
    this.poseSeconds += delta;
    this.blend = Math.min(1, this.blend + delta / BLEND_SECONDS);
    if (pose === this.pose) return;
    this.before = this.pose;
    this.pose = pose;
    this.poseSeconds = 0;
    this.blend = 0;
  }
}
