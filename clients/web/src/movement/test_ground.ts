// test_ground: little grounds for the tests of this folder.

import { BoxGeometry, type BufferGeometry } from 'three';
import { steps } from '../world/steps.ts';
import { wedge } from '../world/wedge.ts';
import { TriangleGrid } from './triangle_grid.ts';

type Triple = readonly [number, number, number];

function triangles(form: BufferGeometry, at: Triple): number[] {
  const plain = form.toNonIndexed().translate(...at);
  return [...plain.getAttribute('position').array];
}

/** Nine numbers a triangle, standing on `at`. */
export const box = (at: Triple, size: Triple, yaw = 0): number[] =>
  triangles(new BoxGeometry(...size).translate(0, size[1] / 2, 0).rotateY(yaw), at);
export const ramp = (at: Triple, size: Triple): number[] => triangles(wedge(...size), at);
export const stairs = (at: Triple, size: Triple, count: number): number[] =>
  triangles(steps(size, count), at);

/** `spread`: a triangle this far away makes the grid's cells large. */
export function gridOf(corners: readonly number[], spread = 0): TriangleGrid {
  const far = spread > 0 ? [spread, -900, spread, spread, -900, spread, spread, -900, spread] : [];
  const all = new Float32Array([...corners, ...far]);
  return new TriangleGrid(all, new Uint8Array(all.length / 9));
}
