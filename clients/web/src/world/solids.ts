// solids: the document's objects as a few meshes. Everything of one surface within one tile of the
// ground is one mesh; prefabs that stand in many places are instances.

import { Color, Group, InstancedMesh, type Material, type Matrix4, Mesh, Vector3 } from 'three';
import { Batches, FormStore } from './baked.ts';
import type { EyeDetail } from './forms.ts';
import type { SurfaceKind } from './surface.ts';
import { surfaceMaterial, type WorldClock } from './surface_material.ts';
import type { Copies, Piece, Unfolded } from './unfold.ts';

/** Metres: tiles out of sight are not drawn. */
const TILE = 96;
/** Pieces. */
const SPARSE = 40;

export class Solids {
  readonly group = new Group();
  private readonly materials = new Map<SurfaceKind, Material>();
  private readonly clock: WorldClock;
  private readonly world: Unfolded;
  private detail: EyeDetail | null = null;

  constructor(world: Unfolded, clock: WorldClock) {
    this.world = world;
    this.clock = clock;
  }

  /** Builds what is drawn; again when another detail is asked for than before. */
  setDetail(detail: EyeDetail): void {
    if (detail === this.detail) return;
    this.detail = detail;
    this.clear();
    const forms = new FormStore(detail);
    for (const pieces of tiles(this.world.pieces)) this.addMerged(pieces, forms);
    for (const copies of this.world.copies) this.addCopies(copies, forms);
  }

  private addMerged(pieces: readonly Piece[], forms: FormStore): void {
    for (const batch of batchesOf(pieces, forms)) {
      const mesh = new Mesh(batch.geometry, this.material(batch.kind));
      this.adopt(mesh, batch.kind, batch.castShadow);
    }
  }

  private addCopies({ pieces, places }: Copies, forms: FormStore): void {
    for (const batch of batchesOf(pieces, forms)) {
      const mesh = new InstancedMesh(batch.geometry, this.material(batch.kind), places.length);
      places.forEach((place, i) => {
        mesh.setMatrixAt(i, place);
        mesh.setColorAt(i, tint(place, batch.kind === 'foliage'));
      });
      mesh.computeBoundingSphere();
      this.adopt(mesh, batch.kind, batch.castShadow);
    }
  }

  private adopt(mesh: Mesh, kind: SurfaceKind, castShadow: boolean): void {
    mesh.castShadow = castShadow;
    mesh.receiveShadow = kind !== 'clear';
    mesh.matrixAutoUpdate = false;
    mesh.renderOrder = kind === 'clear' ? 2 : 0;
    this.group.add(mesh);
  }

  private material(kind: SurfaceKind): Material {
    const known = this.materials.get(kind);
    if (known) return known;
    const material = surfaceMaterial(kind, this.clock);
    this.materials.set(kind, material);
    return material;
  }

  private clear(): void {
    for (const child of this.group.children) {
      if (child instanceof Mesh) child.geometry.dispose();
      if (child instanceof InstancedMesh) child.dispose();
    }
    this.group.clear();
  }

  dispose(): void {
    this.clear();
    for (const material of this.materials.values()) material.dispose();
  }
}

function batchesOf(pieces: readonly Piece[], forms: FormStore): ReturnType<Batches['finish']> {
  const batches = new Batches(forms);
  for (const piece of pieces) batches.add(piece);
  return batches.finish();
}

/** A few per cent lighter or darker by place, and leaves also warmer or cooler. */
function tint(place: Matrix4, isLeafy: boolean): Color {
  const wave = Math.sin((place.elements[12] ?? 0) * 7.13 + (place.elements[14] ?? 0) * 3.71);
  const shade = 1 + wave * 0.05;
  return isLeafy
    ? new Color(shade + wave * 0.06, shade, shade - wave * 0.05)
    : new Color(shade, shade, shade);
}

function tiles(pieces: readonly Piece[]): Piece[][] {
  const byTile = new Map<string, Piece[]>();
  const place = new Vector3();
  for (const piece of pieces) {
    place.setFromMatrixPosition(piece.matrix);
    const key = `${Math.round(place.x / TILE)} ${Math.round(place.z / TILE)}`;
    const tile = byTile.get(key);
    if (tile) tile.push(piece);
    else byTile.set(key, [piece]);
  }
  // Thinly set tiles (clouds, lone trees) go together: a draw call costs more than what it would spare.
  const all = [...byTile.values()];
  const sparse = all.filter((tile) => tile.length < SPARSE).flat();
  const dense = all.filter((tile) => tile.length >= SPARSE);
  return sparse.length > 0 ? [...dense, sparse] : dense;
}
