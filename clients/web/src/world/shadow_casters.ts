// shadow_casters: what throws the world's shadows: the light forms of its models, as places only. The sun
// sees them and no camera does.

import {
  BatchedMesh,
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Group,
  MeshBasicMaterial,
} from 'three';
import type { Model, Placement } from './model.ts';
import type { SurfaceKind } from './surface.ts';

/** The layer of what only the sun sees. */
export const SHADOW_LAYER = 1;

/** Water, light and glass throw none. */
const KINDS: readonly SurfaceKind[] = ['solid', 'gloss', 'foliage', 'cloth'];

function outline(model: Model): BufferGeometry | null {
  const parts = KINDS.flatMap((kind) => model.low.get(kind) ?? []);
  const vertices = parts.reduce((sum, part) => sum + part.getAttribute('position').count, 0);
  if (vertices === 0) return null;
  const position = new Float32Array(vertices * 3);
  const index: number[] = [];
  let base = 0;
  for (const part of parts) {
    const own = part.getAttribute('position');
    position.set(own.array as Float32Array, base * 3);
    for (let i = 0; i < (part.index?.count ?? 0); i++)
      index.push(base + (part.index?.getX(i) ?? 0));
    base += own.count;
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(position, 3));
  geometry.setIndex(new BufferAttribute(new Uint32Array(index), 1));
  return geometry;
}

export class ShadowCasters {
  readonly group = new Group();
  private readonly placements: readonly Placement[];
  // With both sides: where something stands on the ground its shadow begins at its foot.
  private readonly material = new MeshBasicMaterial({ side: DoubleSide });
  private mesh: BatchedMesh | null = null;

  constructor(placements: readonly Placement[]) {
    this.placements = placements.filter(({ castShadow }) => castShadow);
  }

  *build(): Generator<void> {
    const outlines = new Map<Model, BufferGeometry>();
    for (const model of new Set(this.placements.map((placement) => placement.model))) {
      const made = outline(model);
      if (made) outlines.set(model, made);
    }
    yield;
    const standing = this.placements.filter(({ model }) => outlines.has(model));
    if (standing.length === 0) return;
    const all = [...outlines.values()];
    const mesh = new BatchedMesh(
      standing.length,
      all.reduce((sum, one) => sum + one.getAttribute('position').count, 0),
      all.reduce((sum, one) => sum + (one.index?.count ?? 0), 0),
      this.material,
    );
    const ids = new Map([...outlines].map(([model, made]) => [model, mesh.addGeometry(made)]));
    yield;
    for (const { model, matrix } of standing)
      mesh.setMatrixAt(mesh.addInstance(ids.get(model) ?? 0), matrix);
    mesh.name = 'shadow casters';
    mesh.sortObjects = false;
    mesh.frustumCulled = false;
    mesh.castShadow = true;
    mesh.layers.set(SHADOW_LAYER);
    this.mesh = mesh;
    this.group.add(mesh);
  }

  dispose(): void {
    this.mesh?.dispose();
    this.material.dispose();
  }
}
