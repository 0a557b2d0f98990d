// photo_camera: an eye that floats free of the body, to take a picture from: through the air as one
// looks, not through walls, and not far from the body.

import { EYE_RADIUS, type Eye, PITCH, TURN_PER_PIXEL } from './follow_camera.ts';
import { THIN, type TriangleGrid } from './triangle_grid.ts';

/** From the body, metres. */
export const PHOTO_REACH = 12;
const SPEED = { usual: 3, fast: 6 } as const;
const RATE = 7; // a second: how soon it is as fast as it is asked to be
const LOWEST = 0.25;
/** It slides along what it meets this many times in one frame. */
const SLIDES = 3;
const SKIN = 0.01;

export interface PhotoSteer {
  /** Right, up and ahead, -1 to 1 each. */
  readonly x: number;
  readonly rise: number;
  readonly y: number;
  readonly isFast: boolean;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export class PhotoCamera {
  readonly eye: Eye;
  private velocity = { x: 0, y: 0, z: 0 };
  private readonly ball = { x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 0, radius: EYE_RADIUS };

  /** Starts where the eye was, so that nothing jumps. */
  constructor(eye: Readonly<Eye>) {
    this.eye = { ...eye };
  }

  /** Pixels of a drag. */
  look(dx: number, dy: number): void {
    this.turn(-dx * TURN_PER_PIXEL, -dy * TURN_PER_PIXEL);
  }

  /** Radians to the left and up. */
  turn(left: number, up: number): void {
    this.eye.yaw += left / (Math.PI * 2);
    this.eye.pitch = Math.min(PITCH.most, Math.max(PITCH.least, this.eye.pitch + up));
  }

  update(
    steer: PhotoSteer,
    body: Spot,
    grid: TriangleGrid,
    smoothing: number,
    delta: number,
  ): void {
    const wish = this.wish(steer);
    const ease = smoothing > 0 ? 1 - Math.exp(-RATE * delta) : 1;
    const { velocity, eye } = this;
    velocity.x += (wish.x - velocity.x) * ease;
    velocity.y += (wish.y - velocity.y) * ease;
    velocity.z += (wish.z - velocity.z) * ease;
    this.move(velocity.x * delta, velocity.y * delta, velocity.z * delta, grid);
    eye.y = Math.max(LOWEST, eye.y);
    this.stayNear(body, grid);
  }

  private wish({ x, y, rise, isFast }: PhotoSteer): Spot {
    const yaw = this.eye.yaw * Math.PI * 2;
    const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
    const flat = Math.cos(this.eye.pitch) * y;
    const speed = isFast ? SPEED.fast : SPEED.usual;
    return {
      x: (x * c - flat * s) * speed,
      y: (Math.sin(this.eye.pitch) * y + rise) * speed,
      z: (-x * s - flat * c) * speed,
    };
  }

  /** As far as it goes, and the rest along what is in the way. */
  private move(wayX: number, wayY: number, wayZ: number, grid: TriangleGrid): void {
    const { eye } = this;
    let [x, y, z] = [wayX, wayY, wayZ];
    for (let i = 0; i < SLIDES; i++) {
      const length = Math.hypot(x, y, z);
      if (length < 1e-5) return;
      const [dx, dy, dz] = [x / length, y / length, z / length];
      Object.assign(this.ball, { x: eye.x, y: eye.y, z: eye.z, dx, dy, dz });
      const free = grid.sweep(this.ball, length + SKIN, THIN);
      const gone = Math.max(0, Math.min(length, free - SKIN));
      eye.x += dx * gone;
      eye.y += dy * gone;
      eye.z += dz * gone;
      if (free >= length + SKIN) return;
      const left = length - gone;
      const hit = grid.cast(eye.x, eye.y, eye.z, dx, dy, dz, EYE_RADIUS * 4 + SKIN, THIN);
      if (!hit) return;
      const into = dx * hit.nx + dy * hit.ny + dz * hit.nz;
      x = (dx - hit.nx * into) * left;
      y = (dy - hit.ny * into) * left;
      z = (dz - hit.nz * into) * left;
    }
  }

  /** Drawn back to the rim of its reach, along which it slides; never through anything. */
  private stayNear(body: Spot, grid: TriangleGrid): void {
    const { eye } = this;
    const [dx, dy, dz] = [eye.x - body.x, eye.y - body.y, eye.z - body.z];
    const over = Math.hypot(dx, dy, dz) - PHOTO_REACH;
    if (over <= 0) return;
    const back = -over / (over + PHOTO_REACH);
    this.move(dx * back, dy * back, dz * back, grid);
  }
}
