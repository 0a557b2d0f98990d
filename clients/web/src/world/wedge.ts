// wedge: a ramp, nothing at +z, full height at -z.

import type { BufferGeometry } from 'three';
import { geometryOf } from './turned.ts';

type Corner = readonly [number, number, number];

export function wedge(x: number, y: number, z: number): BufferGeometry {
  const [w, d] = [x / 2, z / 2];
  const a: Corner = [-w, 0, d];
  const b: Corner = [w, 0, d];
  const c: Corner = [w, 0, -d];
  const e: Corner = [-w, 0, -d];
  const f: Corner = [-w, y, -d];
  const g: Corner = [w, y, -d];
  const faces: (readonly Corner[])[] = [
    [a, b, g, f],
    [c, e, f, g],
    [b, c, g],
    [e, a, f],
    [e, c, b, a],
  ];
  return flatFaces(faces);
}

/** Convex faces, counterclockwise from outside, each with its own normal. */
export function flatFaces(faces: readonly (readonly Corner[])[]): BufferGeometry {
  const position: number[] = [];
  const normal: number[] = [];
  const index: number[] = [];
  for (const face of faces) {
    const [p = [0, 0, 0], q = [0, 0, 0], r = [0, 0, 0]] = face;
    const e = [q[0] - p[0], q[1] - p[1], q[2] - p[2]] as const;
    const f = [r[0] - p[0], r[1] - p[1], r[2] - p[2]] as const;
    const n = [
      e[1] * f[2] - e[2] * f[1],
      e[2] * f[0] - e[0] * f[2],
      e[0] * f[1] - e[1] * f[0],
    ] as const;
    const length = Math.hypot(...n) || 1;
    const base = position.length / 3;
    for (const corner of face) {
      position.push(...corner);
      normal.push(n[0] / length, n[1] / length, n[2] / length);
    }
    for (let i = 1; i + 1 < face.length; i++) index.push(base, base + i, base + i + 1);
  }
  return geometryOf(position, normal, index);
}
