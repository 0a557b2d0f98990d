// colliders: the triangles people bump into and stand on, from the document's objects and the solid
// parts of its models, each with the kind of ground it is.

import { type BufferGeometry, type Matrix4, Vector3 } from 'three';
import { THIN, TriangleGrid } from '../movement/triangle_grid.ts';
import { type FormShape, formOf, isForm } from './forms.ts';
import { type Piece, piecesAt, type Unfolded } from './unfold.ts';
import { GROUND_KINDS, type GroundKind } from './world_features.ts';
import type { PlacedSolid } from './world_models.ts';

/** What is narrower than this in both directions does not push the camera. */
const THIN_METRES = 0.75;

function colliderOf(shape: FormShape): FormShape | null {
  const isFlat = shape.kind === 'plane' || shape.kind === 'disc';
  switch (shape.collider ?? (isFlat ? 'none' : 'auto')) {
    case 'none':
      return null;
    case 'auto':
      return shape;
    case 'box':
      return { kind: 'box', size: extent(shape), bevel: 0 };
    case 'cylinder':
      return { kind: 'cylinder', size: extent(shape) };
    case 'hull':
      return hullOf(shape);
  }
}

/** The convex hull, or what comes near it: only shapes with hollows have another. */
function hullOf(shape: FormShape): FormShape {
  switch (shape.kind) {
    case 'ring':
    case 'torus':
      return { kind: 'cylinder', size: extent(shape) };
    case 'arch':
      return { ...shape, hole: 0 };
    case 'stairs':
      return { kind: 'wedge', size: shape.size };
    default:
      return shape;
  }
}

function extent(shape: FormShape): readonly [number, number, number] {
  if (shape.kind === 'plane' || shape.kind === 'disc') return [shape.size[0], 0.02, shape.size[1]];
  return shape.size;
}

/** What stands in for a shape stands on its foot; a sphere or torus is centred on its position. */
function sunken(shape: FormShape, collider: FormShape): number {
  if (collider === shape) return 0;
  return shape.kind === 'sphere' || shape.kind === 'torus' ? -shape.size[1] / 2 : 0;
}

class Soup {
  readonly corners: number[] = [];
  readonly flags: number[] = [];
  readonly kinds: number[] = [];

  add(piece: Piece): void {
    if (!isForm(piece.shape)) return;
    const collider = colliderOf(piece.shape);
    if (!collider) return;
    const form = formOf(collider, 'plain');
    const lift = sunken(piece.shape, collider);
    if (lift !== 0) form.translate(0, lift, 0);
    this.append(form, piece.matrix, piece.surface.ground);
    form.dispose();
  }

  append(form: BufferGeometry, matrix: Matrix4, ground: GroundKind): void {
    const position = form.getAttribute('position');
    const point = new Vector3();
    const count = form.index ? form.index.count : position.count;
    const from = this.corners.length;
    for (let i = 0; i < count; i++) {
      point.fromBufferAttribute(position, form.index ? form.index.getX(i) : i).applyMatrix4(matrix);
      this.corners.push(point.x, point.y, point.z);
    }
    const flag = isThin(this.corners, from) ? THIN : 0;
    const kind = GROUND_KINDS.indexOf(ground);
    for (let i = 0; i < count / 3; i++) {
      this.flags.push(flag);
      this.kinds.push(kind);
    }
  }
}

function isThin(corners: readonly number[], from: number): boolean {
  let [x0, x1, z0, z1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = from; i < corners.length; i += 3) {
    const [x, z] = [corners[i] ?? 0, corners[i + 2] ?? 0];
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    z0 = Math.min(z0, z);
    z1 = Math.max(z1, z);
  }
  return Math.max(x1 - x0, z1 - z0) < THIN_METRES;
}

/** `solids`: of the models, once they are loaded. Thing by thing. */
export function* collidersOf(
  world: Unfolded,
  solids: readonly PlacedSolid[] = [],
): Generator<void, TriangleGrid> {
  const soup = new Soup();
  for (const piece of world.pieces) {
    soup.add(piece);
    yield;
  }
  for (const { pieces, places } of world.copies) {
    for (const place of places) {
      for (const piece of piecesAt(pieces, place)) soup.add(piece);
      yield;
    }
  }
  for (const { geometry, matrix, ground } of solids) {
    soup.append(geometry, matrix, ground);
    yield;
  }
  return new TriangleGrid(
    new Float32Array(soup.corners),
    new Uint8Array(soup.flags),
    new Uint8Array(soup.kinds),
  );
}
