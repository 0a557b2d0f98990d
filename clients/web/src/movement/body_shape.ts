// body_shape: the room a body takes up: balls from the knees up. Below them the feet find the ground.

import { closestPoint, type Spot } from './closest_point.ts';
import type { TriangleGrid } from './triangle_grid.ts';

export const BODY = { radius: 0.25, height: 1.5, step: 0.35 } as const;

/** Middles of the balls above the feet; the lowest passes just over a step. */
export const BALLS = [0.61, 0.93, 1.25] as const;

/** Steeper than this is a wall. */
export const FLOOR_NORMAL = Math.cos((48 * Math.PI) / 180);

/** Places under the feet where the ground is felt for. */
export const FEET = [
  [0, 0],
  [0.16, 0],
  [-0.16, 0],
  [0, 0.16],
  [0, -0.16],
] as const;

const spot: Spot = { x: 0, y: 0, z: 0 };

/** Whether a body fits in standing there, with `spare` metres around it. */
export function bodyFits(
  grid: TriangleGrid,
  x: number,
  y: number,
  z: number,
  spare: number,
): boolean {
  const room = BODY.radius + spare;
  const [low, high] = [y + BALLS[0] - room, y + BALLS[2] + room];
  for (const triangle of grid.near(x, z, room, low, high)) {
    for (const height of BALLS) {
      closestPoint(grid.corners, triangle, x, y + height, z, spot);
      const [dx, dy, dz] = [spot.x - x, spot.y - (y + height), spot.z - z];
      if (dx * dx + dy * dy + dz * dz < room * room) return false;
    }
  }
  return true;
}
