// bevelled_box: a box with a chamfer on every edge and smooth normals over it: 44 triangles that shade
// as rounded.

import type { BufferGeometry } from 'three';
import { geometryOf } from './turned.ts';

/** Stands on y = 0. A bevel of 0 gives twelve triangles. */
export function bevelledBox(x: number, y: number, z: number, bevel: number): BufferGeometry {
  const b = Math.min(bevel, x * 0.45, y * 0.45, z * 0.45);
  const half = [x / 2, y / 2, z / 2] as const;
  const position: number[] = [];
  const normal: number[] = [];
  const index: number[] = [];
  // Each corner gives three vertices, one on each of its faces, each with that face's normal.
  const at = (sx: number, sy: number, sz: number, axis: number) =>
    ((sx > 0 ? 4 : 0) + (sy > 0 ? 2 : 0) + (sz > 0 ? 1 : 0)) * 3 + axis;
  for (const sx of [-1, 1]) {
    for (const sy of [-1, 1]) {
      for (const sz of [-1, 1]) {
        const sign = [sx, sy, sz] as const;
        for (const axis of [0, 1, 2]) {
          const place = half.map((h, k) => (sign[k] ?? 1) * (k === axis ? h : h - b));
          position.push(place[0] ?? 0, (place[1] ?? 0) + y / 2, place[2] ?? 0);
          normal.push(axis === 0 ? sx : 0, axis === 1 ? sy : 0, axis === 2 ? sz : 0);
        }
      }
    }
  }
  const quad = (a: number, c: number, d: number, e: number) => {
    if (isOutwards(position, [a, c, d])) index.push(a, c, d, a, d, e);
    else index.push(a, d, c, a, e, d);
  };
  const corner = (
    axis: number,
    s: number,
    u: number,
    v: number,
  ): readonly [number, number, number] =>
    axis === 0 ? [s, u, v] : axis === 1 ? [u, s, v] : [u, v, s];
  for (const axis of [0, 1, 2]) {
    for (const s of [-1, 1]) {
      const [p, q, r, t] = [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ].map(([u = 0, v = 0]) => at(...corner(axis, s, u, v), axis));
      quad(p ?? 0, q ?? 0, r ?? 0, t ?? 0);
    }
  }
  if (b > 0) {
    for (const axis of [0, 1, 2]) {
      const [one, two] = [(axis + 1) % 3, (axis + 2) % 3];
      for (const s of [-1, 1]) {
        for (const t of [-1, 1]) {
          const end = (along: number, face: number) => {
            const sign = [0, 0, 0];
            sign[axis] = along;
            sign[one] = s;
            sign[two] = t;
            return at(sign[0] ?? 1, sign[1] ?? 1, sign[2] ?? 1, face);
          };
          quad(end(-1, one), end(1, one), end(1, two), end(-1, two));
        }
      }
    }
    for (let i = 0; i < 24; i += 3) {
      if (isOutwards(position, [i, i + 1, i + 2])) index.push(i, i + 1, i + 2);
      else index.push(i, i + 2, i + 1);
    }
  }
  return geometryOf(position, normal, index);

  function isOutwards(points: number[], face: readonly [number, number, number]): boolean {
    const [a, c, d] = face.map((i) => [
      points[i * 3] ?? 0,
      (points[i * 3 + 1] ?? 0) - y / 2,
      points[i * 3 + 2] ?? 0,
    ]) as [number[], number[], number[]];
    const [ax = 0, ay = 0, az = 0] = a;
    const e = [0, 1, 2].map((k) => (c[k] ?? 0) - (a[k] ?? 0));
    const f = [0, 1, 2].map((k) => (d[k] ?? 0) - (a[k] ?? 0));
    const [e0 = 0, e1 = 0, e2 = 0] = e;
    const [f0 = 0, f1 = 0, f2 = 0] = f;
    const out = (e1 * f2 - e2 * f1) * ax + (e2 * f0 - e0 * f2) * ay + (e0 * f1 - e1 * f0) * az;
    return out > 0;
  }
}
