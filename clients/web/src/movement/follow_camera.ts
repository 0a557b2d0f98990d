// follow_camera: where the eye is. It circles our head at a distance. A ball of the eye's size is swept
// from the head to where the eye wants to be, so that nothing solid is ever between them. Before a wall
// comes between, feelers at both sides notice it and the eye draws in gently; when the wall is gone it
// goes back more gently still. Zoomed in all the way it is in the head.

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
  /** 0: at once, nothing is eased and nothing turns by itself; 1: drifts after. */
  readonly smoothing: number;
}

export const PITCH = { least: -1.2, most: 1.25 } as const;
/** Radians a pixel of a drag. */
export const TURN_PER_PIXEL = 0.0042;
/** The eye's own size: farther from walls than the corners of the near plane. */
export const EYE_RADIUS = 0.2;

const DISTANCE = { least: 1.6, usual: 4.6, most: 14, firstPerson: 1.2 } as const;
/** The lowest the eye goes over the level ground. */
const LOWEST = 0.2;
const IN_EASE = 9; // a second
const OUT_EASE = 2.4;
const ZOOM_EASE = 9;
const FACE_EASE = 6;
const FACE_SECONDS = 1.2;
/** The head's height is followed this much at most behind: a fall takes the eye with it. */
const RISE_LAG = 0.6;
/** To both sides of the line to the eye: radians, and how little what they meet matters. */
const FEELERS = [
  [0.12, 0.2],
  [0.24, 0.45],
  [0.36, 0.7],
] as const;
/** One has looked where one wanted: the camera leaves that alone for so long. */
const OWN_LOOK_SECONDS = 2.5;
const TRAIL_SPEED = 0.55; // radians a second

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
  private sinceLook = Infinity;
  private facing: { yaw: number; left: number } | null = null;
  private readonly ball = { x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 0, radius: EYE_RADIUS };

  get isFirstPerson(): boolean {
    return this.wanted <= DISTANCE.firstPerson;
  }

  /** True while the body would fill the picture. */
  get hidesBody(): boolean {
    return this.shown < 0.75;
  }

  /** Pixels of a drag. */
  look(dx: number, dy: number): void {
    this.turn(-dx * TURN_PER_PIXEL, -dy * TURN_PER_PIXEL);
  }

  /** Radians to the left and up. */
  turn(left: number, up: number): void {
    this.facing = null;
    this.sinceLook = 0;
    this.yaw += left;
    this.pitch = Math.min(PITCH.most, Math.max(PITCH.least, this.pitch + up));
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
    this.facing = { yaw: this.yaw + apart, left: FACE_SECONDS };
  }

  /**
   * Comes round behind somebody who walks to the side (-1 left to 1 right), unless they have looked
   * round lately. Who walks towards the camera is left alone: it would never come to rest.
   */
  trail(side: number, settings: CameraSettings, delta: number): void {
    if (settings.smoothing <= 0 || this.isFirstPerson || this.facing) return;
    if (this.sinceLook < OWN_LOOK_SECONDS) return;
    const sure = Math.min(1, this.sinceLook - OWN_LOOK_SECONDS);
    this.yaw -= side * TRAIL_SPEED * sure * delta;
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
    const isEased = settings.smoothing > 0;
    this.sinceLook += delta;
    this.turnToFacing(isEased, delta);
    this.followHead(headX, headY, headZ, grid, settings, delta);
    this.zoomed += (this.wanted - this.zoomed) * (isEased ? easing(ZOOM_EASE, delta) : 1);
    const [dx, dy, dz] = this.backwards(0);
    const free = this.freeDistance(grid, dx, dy, dz);
    this.draw(free, isEased ? this.feel(grid, free) : free, isEased, delta);
    this.eye.x = this.focusX + dx * this.shown;
    this.eye.y = Math.max(LOWEST, this.focusY + dy * this.shown);
    this.eye.z = this.focusZ + dz * this.shown;
    this.eye.yaw = this.yaw / (Math.PI * 2);
    this.eye.pitch = this.pitch;
  }

  /** Towards `gentle`, fast in and slow out, and never beyond `free`. */
  private draw(free: number, gentle: number, isEased: boolean, delta: number): void {
    const rate = gentle < this.shown ? IN_EASE : this.isZooming ? ZOOM_EASE : OUT_EASE;
    this.shown += (gentle - this.shown) * (isEased ? easing(rate, delta) : 1);
    this.shown = Math.min(this.shown, free);
  }

  private get isZooming(): boolean {
    return Math.abs(this.wanted - this.zoomed) > 0.05;
  }

  private turnToFacing(isEased: boolean, delta: number): void {
    if (!this.facing) return;
    this.yaw += (this.facing.yaw - this.yaw) * (isEased ? easing(FACE_EASE, delta) : 1);
    this.facing.left -= delta;
    if (this.facing.left <= 0) this.facing = null;
  }

  /** Stairs and kerbs lift the head by jerks: its height is followed more softly than its place. */
  private followHead(
    x: number,
    y: number,
    z: number,
    grid: TriangleGrid,
    settings: CameraSettings,
    delta: number,
  ): void {
    const isAtOnce = settings.smoothing <= 0 || this.zoomed < DISTANCE.firstPerson;
    if (isAtOnce || !this.hasFocus) {
      [this.focusX, this.focusY, this.focusZ] = [x, y, z];
      this.hasFocus = true;
      return;
    }
    // At 1 the camera trails by about a third of a second.
    const sharp = 1 - settings.smoothing;
    const across = easing(3 + sharp * 22, delta);
    this.focusX += (x - this.focusX) * across;
    this.focusZ += (z - this.focusZ) * across;
    this.focusY += (y - this.focusY) * easing(2.5 + sharp * 9, delta);
    this.focusY = Math.min(y + RISE_LAG, Math.max(y - RISE_LAG, this.focusY));
    this.keepWithHead(x, y, z, grid);
  }

  /** What the eye turns about lags behind the head, but never round a corner or through a floor. */
  private keepWithHead(x: number, y: number, z: number, grid: TriangleGrid): void {
    const [dx, dy, dz] = [this.focusX - x, this.focusY - y, this.focusZ - z];
    const apart = Math.hypot(dx, dy, dz);
    if (apart < 1e-4) return;
    const share = this.sweep(grid, x, y, z, dx / apart, dy / apart, dz / apart, apart) / apart;
    if (share >= 1) return;
    this.focusX = x + dx * share;
    this.focusY = y + dy * share;
    this.focusZ = z + dz * share;
  }

  /** From the head to the eye, `turned` by radians about the head. */
  private backwards(turned: number): [number, number, number] {
    const flat = Math.cos(this.pitch);
    const yaw = this.yaw + turned;
    return [Math.sin(yaw) * flat, -Math.sin(this.pitch), Math.cos(yaw) * flat];
  }

  private freeDistance(grid: TriangleGrid, dx: number, dy: number, dz: number): number {
    const { focusX, focusY, focusZ } = this;
    const free = this.sweep(grid, focusX, focusY, focusZ, dx, dy, dz, this.zoomed);
    // The level ground everywhere: the eye stays above it.
    return dy < 0 ? Math.min(free, Math.max(0, (focusY - LOWEST) / -dy)) : free;
  }

  /** How far the eye should be, seeing what is about to come between. */
  private feel(grid: TriangleGrid, free: number): number {
    let gentle = free;
    const { focusX, focusY, focusZ } = this;
    for (const [angle, ease] of FEELERS) {
      for (const turned of [angle, -angle]) {
        const [dx, dy, dz] = this.backwards(turned);
        const hit = grid.cast(focusX, focusY, focusZ, dx, dy, dz, free, THIN);
        if (hit) gentle = Math.min(gentle, hit.distance + (free - hit.distance) * ease);
      }
    }
    return gentle;
  }

  private sweep(
    grid: TriangleGrid,
    x: number,
    y: number,
    z: number,
    dx: number,
    dy: number,
    dz: number,
    reach: number,
  ): number {
    Object.assign(this.ball, { x, y, z, dx, dy, dz });
    return grid.sweep(this.ball, reach, THIN);
  }
}

/** The share of the way that is made in `delta` seconds at `rate` a second. */
const easing = (rate: number, delta: number): number => 1 - Math.exp(-rate * delta);
