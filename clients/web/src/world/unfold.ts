// unfold: a document's nested objects as a flat list. Groups are dissolved; a prefab that stands in many
// places is kept together, to be drawn as instances.

import type { WorldDocument, WorldMaterial, WorldObject } from '@flux/sdk';
import { Euler, MathUtils, Matrix4, Quaternion, Vector3 } from 'three';
import { type Surface, surfaceOf } from './surface.ts';

/** What has a form of its own: no group, no prefab. */
export type WorldShape = Exclude<WorldObject, { kind: 'group' } | { kind: 'prefab' }>;

export interface Piece {
  readonly shape: WorldShape;
  readonly matrix: Matrix4;
  readonly surface: Surface;
}

/** The same pieces in several places. */
export interface Copies {
  readonly pieces: readonly Piece[];
  readonly places: Matrix4[];
}

export interface Unfolded {
  readonly pieces: Piece[];
  readonly copies: Copies[];
}

/** Fewer copies than this are merged with everything else. */
const COPIES_MIN = 6;
const DEPTH_MAX = 8;

export function localMatrix(object: WorldObject): Matrix4 {
  const [x, y, z] = object.position ?? [0, 0, 0];
  const [rx, ry, rz] = (object.rotation ?? [0, 0, 0]).map(MathUtils.degToRad);
  const scale = object.scale ?? 1;
  const turn = new Quaternion().setFromEuler(new Euler(rx, ry, rz, 'XYZ'));
  return new Matrix4().compose(new Vector3(x, y, z), turn, new Vector3(scale, scale, scale));
}

type Renames = Readonly<Record<string, string>>;

class Unfolder {
  readonly pieces: Piece[] = [];
  readonly prefabs = new Map<string, Copies>();
  private readonly document: WorldDocument;
  private readonly surfaces = new Map<string, Surface>();

  constructor(document: WorldDocument) {
    this.document = document;
  }

  /** Adds objects below `parent`; whole prefabs are put aside when `out` is the world's own list. */
  add(
    objects: readonly WorldObject[],
    parent: Matrix4,
    renames: Renames,
    out: Piece[],
    depth: number,
  ): void {
    if (depth > DEPTH_MAX) return;
    for (const object of objects) {
      const matrix = parent.clone().multiply(localMatrix(object));
      if (object.kind === 'group') this.add(object.objects, matrix, renames, out, depth + 1);
      else if (object.kind === 'prefab') this.addPrefab(object, matrix, renames, out, depth);
      else out.push({ shape: object, matrix, surface: this.surface(object, renames) });
    }
  }

  private addPrefab(
    object: Extract<WorldObject, { kind: 'prefab' }>,
    matrix: Matrix4,
    renames: Renames,
    out: Piece[],
    depth: number,
  ): void {
    const objects = this.document.prefabs?.[object.prefab] ?? [];
    const inner = { ...object.materials, ...renamed(object.materials ?? {}, renames), ...renames };
    if (out !== this.pieces) {
      this.add(objects, matrix, inner, out, depth + 1);
      return;
    }
    const key = `${object.prefab} ${JSON.stringify(inner)}`;
    const copies = this.prefabs.get(key);
    if (copies) {
      copies.places.push(matrix);
      return;
    }
    const pieces: Piece[] = [];
    this.add(objects, new Matrix4(), inner, pieces, depth + 1);
    this.prefabs.set(key, { pieces, places: [matrix] });
  }

  private surface(shape: WorldShape, renames: Renames): Surface {
    const use = 'material' in shape ? shape.material : undefined;
    if (typeof use === 'object') return surfaceOf(use);
    const name = use === undefined ? '' : (renames[use] ?? use);
    const known = this.surfaces.get(name);
    if (known) return known;
    const material: WorldMaterial | undefined = this.document.materials?.[name];
    const surface = surfaceOf(material, name);
    this.surfaces.set(name, surface);
    return surface;
  }
}

function renamed(materials: Renames, renames: Renames): Renames {
  return Object.fromEntries(
    Object.entries(materials).map(([from, to]) => [from, renames[to] ?? to]),
  );
}

export function unfold(document: WorldDocument): Unfolded {
  const unfolder = new Unfolder(document);
  unfolder.add(document.objects, new Matrix4(), {}, unfolder.pieces, 0);
  const { pieces } = unfolder;
  const copies: Copies[] = [];
  for (const prefab of unfolder.prefabs.values()) {
    if (prefab.places.length >= COPIES_MIN) copies.push(prefab);
    else pieces.push(...prefab.places.flatMap((place) => piecesAt(prefab.pieces, place)));
  }
  return { pieces, copies };
}

export function piecesAt(pieces: readonly Piece[], place: Matrix4): Piece[] {
  return pieces.map((piece) => ({ ...piece, matrix: place.clone().multiply(piece.matrix) }));
}
