import {
  BatchedMesh,
  BoxGeometry,
  Color,
  Frustum,
  Matrix4,
  MeshBasicMaterial,
  PerspectiveCamera,
  Vector3,
} from 'three';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Model, Placement } from './model.ts';
import { type BatchClass, SurfaceBatches } from './surface_batches.ts';
import { SurfaceBuilder } from './surface_builder.ts';

function box(size: number, pieces: number) {
  const builder = new SurfaceBuilder();
  for (let i = 0; i < pieces; i++)
    builder.append(new BoxGeometry(size, size, size), new Matrix4(), (_, out) => {
      out.r = out.g = out.b = out.a = 1;
    });
  return builder.finish();
}

const FULL = box(2, 4);
const LOW = box(2, 1);
const model: Model = {
  full: new Map([['solid', FULL]]),
  low: new Map([['solid', LOW]]),
  solids: [],
  seats: [],
  lights: [],
  sounds: [],
  foreign: null,
};

const at = (x: number, z: number): Placement => ({
  model,
  matrix: new Matrix4().makeTranslation(x, 0, z),
  tint: new Color('#ffffff'),
  shade: 1,
  castShadow: true,
});

const material = new MeshBasicMaterial();
const camera = new PerspectiveCamera(60, 1, 0.1, 1000);
const frustum = new Frustum();
const REACH = 30;

beforeEach(() => {
  camera.position.set(0, 0, 0);
  camera.updateMatrixWorld();
  frustum.setFromProjectionMatrix(
    new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse),
  );
});

function batchesOf(
  placements: Placement[],
  detail: 'both' | 'low' = 'both',
  Batch: BatchClass = BatchedMesh,
): SurfaceBatches {
  const batches = new SurfaceBatches(placements, detail, () => material, Batch);
  for (const _ of batches.build());
  return batches;
}

/** Triangles of each thing that is drawn. */
function drawn(batches: SurfaceBatches): number[] {
  const [batch] = batches.group.children as unknown as [
    {
      instanceCount: number;
      getVisibleAt(i: number): boolean;
      getGeometryIdAt(i: number): number;
      getGeometryRangeAt(i: number): { count: number };
    },
  ];
  return Array.from({ length: batch.instanceCount }, (_, i) =>
    batch.getVisibleAt(i) ? batch.getGeometryRangeAt(batch.getGeometryIdAt(i)).count / 3 : 0,
  );
}

describe('surface_batches', () => {
  it('draws what is near in full, what is far light, and what is behind not at all', () => {
    const batches = batchesOf([at(0, -10), at(0, -100), at(0, 10)]);
    expect(batches.group.children).toHaveLength(1);
    batches.cull(frustum, camera.position, REACH);
    expect(drawn(batches)).toEqual([48, 12, 0]);
  });

  it('changes back a little nearer than it changed', () => {
    const radius = Math.sqrt(3);
    const batches = batchesOf([at(0, -40)]);
    // So that it changes at 30 m from its surface.
    const reach = (30 * 2.4) / radius;
    const seenFrom = (away: number) => {
      batches.cull(frustum, new Vector3(0, 0, away + radius - 40), reach);
      return drawn(batches)[0];
    };
    expect([31, 35, 31, 29, 31].map(seenFrom)).toEqual([48, 12, 12, 48, 48]);
  });

  it('leaves out specks', () => {
    const tiny = { ...at(0, -400), matrix: new Matrix4().makeScale(0.05, 0.05, 0.05) };
    tiny.matrix.setPosition(0, 0, -400);
    const batches = batchesOf([tiny]);
    batches.cull(frustum, camera.position, REACH);
    expect(drawn(batches)).toEqual([0]);
  });

  it('knows only the light forms where the machine is weak', () => {
    const batches = batchesOf([at(0, -3)], 'low');
    batches.cull(frustum, camera.position, REACH);
    expect(drawn(batches)).toEqual([12]);
  });
});
