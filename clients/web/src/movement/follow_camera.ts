// follow_camera: where the eye is. It circles our head at a distance, comes nearer at once when a wall
// is between, and goes back gently when it is not. Zoomed in all the way it is in the head.

import { THIN, type TriangleGrid } from './triangle_grid.ts';

export interface Eye {
  x: number;
  y: number;
  z: number;
  /** Turns, as a body's yaw: where it looks. */
  yaw: number;
  /** Radians, up is positive. */
  pitch: number;
}

export interface CameraSettings {
  /** 0: at once; 1: drifts after. */
  readonly smoothing: number;
}

const DISTANCE = { least: 1.6, usual: 4.6, most: 14, firstPerson: 1.2 } as const;
const PITCH = { least: -1.2, most: 1.25 } as const;
const TURN_PER_PIXEL = 0.0042; // radians
const MARGIN = 0.22; // from walls
const BACK_EASE = 2.6; // a second
const ZOOM_EASE = 9;
/** Beside the middle ray, rays to the corners of what the near plane sees. */
const WHISKERS = [
  [0.16, 0.1],
  [-0.16, 0.1],
  [0.16, -0.1],
  [-0.16, -0.1],
] as const;

export class FollowCamera {
  /** Radians about +y; 0 looks along -z. */
  yaw = 0;
  pitch = -0.22;
  readonly eye: Eye = { x: 0, y: 0, z: 0, yaw: 0, pitch: 0 };
  private wanted: number = DISTANCE.usual;
  private zoomed: number = DISTANCE.usual;
  private shown: number = DISTANCE.usual;
  private focusX = 0;
  private focusY = 0;
  private focusZ = 0;
  private hasFocus = false;
  private facing: { yaw: number; left: number } | null = null;

  get isFirstPerson(): boolean {
    return this.wanted <= DISTANCE.firstPerson;
  }

  /** True while the body would fill the picture. */
  get hidesBody(): boolean {
    return this.shown < 0.75;
  }

  look(dx: number, dy: number): void {
    this.facing = null;
    this.yaw -= dx * TURN_PER_PIXEL;
    this.pitch = Math.min(PITCH.most, Math.max(PITCH.least, this.pitch - dy * TURN_PER_PIXEL));
  }

  /** Positive goes farther away. */
  zoom(amount: number): void {
    const next = this.wanted * Math.exp(amount);
    const isOut = amount > 0 && this.isFirstPerson;
    if (isOut) this.wanted = DISTANCE.least;
    else this.wanted = next < DISTANCE.least ? 0 : Math.min(DISTANCE.most, next);
  }

  toggleFirstPerson(): void {
    this.wanted = this.isFirstPerson ? DISTANCE.usual : 0;
  }

  /** Turns gently to look along a yaw in radians. */
  face(yaw: number): void {
    const turn = Math.PI * 2;
    const apart = ((((yaw - this.yaw) % turn) + turn * 1.5) % turn) - Math.PI;
    this.facing = { yaw: this.yaw + apart, left: 1.2 };
  }

  /** The next update starts at the head instead of easing to it: after being moved far away. */
  jump(): void {
    this.hasFocus = false;
  }

  update(
    headX: number,
    headY: number,
    headZ: number,
    grid: TriangleGrid,
    settings: CameraSettings,
    delta: number,
  ): void {
    this.turnToFacing(delta);
    this.followHead(headX, headY, headZ, settings, delta);
    this.zoomed += (this.wanted - this.zoomed) * (1 - Math.exp(-ZOOM_EASE * delta));
    const [dx, dy, dz] = this.backwards();
    const free = this.freeDistance(grid, dx, dy, dz, this.zoomed);
    // In at once, or one would look through the wall; out gently.
    if (free < this.shown) this.shown = free;
    else
      this.shown +=
        (free - this.shown) *
        (1 - Math.exp(-(free >= this.zoomed - 0.01 ? BACK_EASE * 2 : BACK_EASE) * delta));
    this.eye.x = this.focusX + dx * this.shown;
    this.eye.y = Math.max(0.15, this.focusY + dy * this.shown);
    this.eye.z = this.focusZ + dz * this.shown;
    this.eye.yaw = this.yaw / (Math.PI * 2);
    this.eye.pitch = this.pitch;
  }

  private turnToFacing(delta: number): void {
    if (!this.facing) return;
    this.yaw += (this.facing.yaw - this.yaw) * (1 - Math.exp(-6 * delta));
    this.facing.left -= delta;
    if (this.facing.left <= 0) this.facing = null;
  }

  private followHead(
    x: number,
    y: number,
    z: number,
    settings: CameraSettings,
    delta: number,
  ): void {
    const isFirst = this.zoomed < DISTANCE.firstPerson;
    // At 0 the head is followed exactly; at 1 the camera trails by about a third of a second.
    const rate = settings.smoothing <= 0 || isFirst ? Infinity : 3 + (1 - settings.smoothing) * 22;
    const ease = this.hasFocus ? 1 - Math.exp(-rate * delta) : 1;
    this.hasFocus = true;
    this.focusX += (x - this.focusX) * ease;
    this.focusY += (y - this.focusY) * ease;
    this.focusZ += (z - this.focusZ) * ease;
  }

  private backwards(): [number, number, number] {
    const flat = Math.cos(this.pitch);
    return [Math.sin(this.yaw) * flat, -Math.sin(this.pitch), Math.cos(this.yaw) * flat];
  }

  private freeDistance(
    grid: TriangleGrid,
    dx: number,
    dy: number,
    dz: number,
    reach: number,
  ): number {
    let free = reach;
    const [sideX, sideZ] = [Math.cos(this.yaw), -Math.sin(this.yaw)];
    const test = (side: number, up: number) => {
      const [x, y, z] = [this.focusX + sideX * side, this.focusY + up, this.focusZ + sideZ * side];
      const hit = grid.cast(x, y, z, dx, dy, dz, reach + MARGIN, THIN);
      if (hit) free = Math.min(free, Math.max(0, hit.distance - MARGIN));
    };
    test(0, 0);
    for (const [side, up] of WHISKERS) test(side, up);
    // The ground everywhere: the eye stays above it.
    if (dy < 0) free = Math.min(free, Math.max(0, (this.focusY - 0.15) / -dy));
    return free;
  }
}
