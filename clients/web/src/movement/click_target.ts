// click_target: what was pointed at on the screen: a portal, a seat, or a place on the ground.

import type { WorldPortal } from '@flux/sdk';
import type { Seat } from '../world/world_features.ts';
import { FLOOR_NORMAL } from './body_shape.ts';
import type { Eye } from './follow_camera.ts';
import type { TriangleGrid } from './triangle_grid.ts';

export interface Ray {
  x: number;
  y: number;
  z: number;
  dx: number;
  dy: number;
  dz: number;
}

export type ClickTarget =
  | { readonly kind: 'ground'; readonly x: number; readonly y: number; readonly z: number }
  | { readonly kind: 'seat'; readonly seat: Seat }
  | { readonly kind: 'portal'; readonly portal: WorldPortal };

export interface Clickable {
  readonly grid: TriangleGrid;
  readonly portals: readonly WorldPortal[];
  /** The seat at a place, as far as `reach` metres from it. */
  readonly seatAt: (x: number, y: number, z: number, reach: number) => Seat | null;
}

const REACH = 90;
const SEAT_REACH = 0.6;
/** What is met by a ray is walked to in front of it. */
const BEFORE_WALL = 0.4;

/** From the eye through a point of the picture: -1 to 1, right and up. `fieldOfView`: degrees, vertical. */
export function rayThrough(
  eye: Eye,
  right: number,
  up: number,
  fieldOfView: number,
  aspect: number,
): Ray {
  const half = Math.tan((fieldOfView * Math.PI) / 360);
  const [side, rise] = [right * half * aspect, up * half];
  const yaw = eye.yaw * Math.PI * 2;
  const [sp, cp] = [Math.sin(eye.pitch), Math.cos(eye.pitch)];
  const [sy, cy] = [Math.sin(yaw), Math.cos(yaw)];
  const ahead = cp - rise * sp; // along the ground, where the eye looks
  const height = sp + rise * cp;
  const length = Math.hypot(side, ahead, height);
  return {
    x: eye.x,
    y: eye.y,
    z: eye.z,
    dx: (side * cy - ahead * sy) / length,
    dy: height / length,
    dz: (-side * sy - ahead * cy) / length,
  };
}

/** Null when the ray goes into the sky. */
export function clickTarget(ray: Ray, world: Clickable): ClickTarget | null {
  const hit = world.grid.cast(ray.x, ray.y, ray.z, ray.dx, ray.dy, ray.dz, REACH);
  const level = ray.dy < -1e-4 ? -ray.y / ray.dy : Infinity;
  const isLevel = level < (hit?.distance ?? REACH);
  const far = isLevel ? level : (hit?.distance ?? Infinity);
  const portal = portalAlong(ray, world.portals, far);
  if (portal) return { kind: 'portal', portal };
  if (far === Infinity) return null;
  const x = ray.x + ray.dx * far;
  const y = ray.y + ray.dy * far;
  const z = ray.z + ray.dz * far;
  const seat = world.seatAt(x, y, z, SEAT_REACH);
  if (seat) return { kind: 'seat', seat };
  if (isLevel || !hit || hit.ny >= FLOOR_NORMAL) return { kind: 'ground', x, y, z };
  return beforeWall(world.grid, x + hit.nx * BEFORE_WALL, y, z + hit.nz * BEFORE_WALL);
}

/** The ground under a place at a wall. */
function beforeWall(grid: TriangleGrid, x: number, y: number, z: number): ClickTarget {
  const floor = grid.cast(x, y, z, 0, -1, 0, Math.max(y, 0) + 1);
  return { kind: 'ground', x, y: floor ? y - floor.distance : 0, z };
}

function portalAlong(ray: Ray, portals: readonly WorldPortal[], most: number): WorldPortal | null {
  let [found, best]: [WorldPortal | null, number] = [null, most + 0.5];
  for (const portal of portals) {
    const turn = ((portal.yaw ?? 0) * Math.PI) / 180;
    const [nx, nz] = [Math.sin(turn), Math.cos(turn)];
    const facing = ray.dx * nx + ray.dz * nz;
    if (Math.abs(facing) < 1e-4) continue;
    const [px, py, pz] = portal.position;
    const far = ((px - ray.x) * nx + (pz - ray.z) * nz) / facing;
    if (far < 0 || far > best) continue;
    const [x, y, z] = [
      ray.x + ray.dx * far - px,
      ray.y + ray.dy * far - py,
      ray.z + ray.dz * far - pz,
    ];
    const across = (x * nz - z * nx) / (portal.size[0] / 2);
    const up = y / (portal.size[1] / 2);
    if (across * across + up * up > 1) continue;
    found = portal;
    best = far;
  }
  return found;
}
