// sphere_sweep: how far a ball can go along a line until it touches a triangle. Its face first, then its
// edges as capsules (Ericson, Real-Time Collision Detection, 5.5.6 and 5.3.7).

import { closestPoint, type Spot } from './closest_point.ts';

export interface Sweep {
  x: number;
  y: number;
  z: number;
  /** A unit vector. */
  dx: number;
  dy: number;
  dz: number;
  radius: number;
}

const spot: Spot = { x: 0, y: 0, z: 0 };

/**
 * The distance gone at the first touch, at most `reach`; Infinity for none. A ball that touches already
 * is stopped only from going in deeper.
 */
export function sweepTriangle(
  corners: Float32Array,
  triangle: number,
  sweep: Sweep,
  reach: number,
): number {
  const { x, y, z, dx, dy, dz, radius } = sweep;
  closestPoint(corners, triangle, x, y, z, spot);
  const [sx, sy, sz] = [spot.x - x, spot.y - y, spot.z - z];
  const apart = Math.hypot(sx, sy, sz);
  const towards = sx * dx + sy * dy + sz * dz;
  if (apart <= radius) return towards > 1e-6 ? 0 : Infinity;
  if (apart > reach + radius) return Infinity;
  const face = meetFace(corners, triangle, sweep);
  if (face <= reach) return face;
  let best = Infinity;
  for (let edge = 0; edge < 3; edge++) {
    best = Math.min(best, meetEdge(corners, triangle * 9, edge, sweep));
  }
  return best <= reach ? best : Infinity;
}

/** The ball's foremost point against the flat of the triangle. */
function meetFace(c: Float32Array, triangle: number, sweep: Sweep): number {
  const at = triangle * 9;
  const [ax, ay, az] = [c[at] ?? 0, c[at + 1] ?? 0, c[at + 2] ?? 0];
  const [ux, uy, uz] = [(c[at + 3] ?? 0) - ax, (c[at + 4] ?? 0) - ay, (c[at + 5] ?? 0) - az];
  const [vx, vy, vz] = [(c[at + 6] ?? 0) - ax, (c[at + 7] ?? 0) - ay, (c[at + 8] ?? 0) - az];
  let [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(nx, ny, nz);
  if (length < 1e-12) return Infinity;
  const [px, py, pz] = [sweep.x - ax, sweep.y - ay, sweep.z - az];
  const side = nx * px + ny * py + nz * pz < 0 ? -1 / length : 1 / length;
  [nx, ny, nz] = [nx * side, ny * side, nz * side];
  const height = nx * px + ny * py + nz * pz;
  const fall = -(nx * sweep.dx + ny * sweep.dy + nz * sweep.dz);
  if (fall < 1e-9 || height < sweep.radius) return Infinity;
  const gone = (height - sweep.radius) / fall;
  const qx = px + sweep.dx * gone - nx * sweep.radius;
  const qy = py + sweep.dy * gone - ny * sweep.radius;
  const qz = pz + sweep.dz * gone - nz * sweep.radius;
  // Where in the triangle, in shares of its two sides.
  const [uu, uv, vv] = [
    ux * ux + uy * uy + uz * uz,
    ux * vx + uy * vy + uz * vz,
    vx * vx + vy * vy + vz * vz,
  ];
  const [uq, vq] = [ux * qx + uy * qy + uz * qz, vx * qx + vy * qy + vz * qz];
  const area = uu * vv - uv * uv;
  const [s, t] = [(vv * uq - uv * vq) / area, (uu * vq - uv * uq) / area];
  return s >= 0 && t >= 0 && s + t <= 1 ? gone : Infinity;
}

/** The line against an edge as thick as the ball, and against the ball at the edge's first corner. */
function meetEdge(c: Float32Array, at: number, edge: number, sweep: Sweep): number {
  const from = at + edge * 3;
  const to = at + ((edge + 1) % 3) * 3;
  const [ax, ay, az] = [c[from] ?? 0, c[from + 1] ?? 0, c[from + 2] ?? 0];
  const [ex, ey, ez] = [(c[to] ?? 0) - ax, (c[to + 1] ?? 0) - ay, (c[to + 2] ?? 0) - az];
  const [mx, my, mz] = [sweep.x - ax, sweep.y - ay, sweep.z - az];
  const { dx, dy, dz } = sweep;
  const rr = sweep.radius * sweep.radius;
  const md = mx * dx + my * dy + mz * dz;
  const mm = mx * mx + my * my + mz * mz;
  const corner = firstRoot(1, md, mm - rr);
  const ee = ex * ex + ey * ey + ez * ez;
  if (ee < 1e-12) return corner;
  const [de, me] = [dx * ex + dy * ey + dz * ez, mx * ex + my * ey + mz * ez];
  const along = firstRoot(ee - de * de, ee * md - de * me, ee * (mm - rr) - me * me);
  if (along === Infinity) return corner;
  const share = (me + along * de) / ee;
  return share >= 0 && share <= 1 ? Math.min(corner, along) : corner;
}

/** The smaller root of a t^2 + 2 b t + c when it lies ahead. */
function firstRoot(a: number, b: number, c: number): number {
  if (a < 1e-9) return Infinity;
  const under = b * b - a * c;
  if (under < 0) return Infinity;
  const root = (-b - Math.sqrt(under)) / a;
  return root >= 0 ? root : Infinity;
}
