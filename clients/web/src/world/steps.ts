// steps: stairs that rise from +z to -z.

import type { Vector3 } from '@flux/sdk';
import type { BufferGeometry } from 'three';
import { flatFaces } from './wedge.ts';

type Corner = readonly [number, number, number];

export function steps(size: Vector3, count: number): BufferGeometry {
  const [x, y, z] = size;
  const w = x / 2;
  const [rise, tread] = [y / count, z / count];
  const faces: Corner[][] = [];
  for (let i = 0; i < count; i++) {
    const [front, back] = [z / 2 - i * tread, z / 2 - (i + 1) * tread];
    const [low, high] = [i * rise, (i + 1) * rise];
    faces.push([
      [-w, low, front],
      [w, low, front],
      [w, high, front],
      [-w, high, front],
    ]);
    faces.push([
      [-w, high, front],
      [w, high, front],
      [w, high, back],
      [-w, high, back],
    ]);
    faces.push([
      [w, 0, front],
      [w, 0, back],
      [w, high, back],
      [w, high, front],
    ]);
    faces.push([
      [-w, 0, back],
      [-w, 0, front],
      [-w, high, front],
      [-w, high, back],
    ]);
  }
  faces.push([
    [w, 0, -z / 2],
    [-w, 0, -z / 2],
    [-w, y, -z / 2],
    [w, y, -z / 2],
  ]);
  return flatFaces(faces);
}
