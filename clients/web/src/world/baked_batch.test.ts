import {
  BoxGeometry,
  type BufferGeometry,
  Color,
  Frustum,
  Matrix4,
  MeshBasicMaterial,
  PerspectiveCamera,
} from 'three';
import { describe, expect, it, vi } from 'vitest';
import { BakedBatch } from './baked_batch.ts';
import type { Model, Placement } from './model.ts';
import { atOnce } from './slices.ts';
import type { SurfaceKind } from './surface.ts';
import { SurfaceBatches } from './surface_batches.ts';
import { SurfaceBuilder } from './surface_builder.ts';

const GREY = 0.5;
const REACH = 30;

/** Boxes in each other; their alpha says whose colour they have. */
function boxes(count: number, alpha = 1): BufferGeometry {
  const builder = new SurfaceBuilder();
  for (let i = 0; i < count; i++)
    builder.append(new BoxGeometry(2, 2, 2), new Matrix4(), (_, out) => {
      Object.assign(out, { r: GREY, g: GREY, b: GREY, a: alpha });
    });
  return builder.finish();
}

const modelOf = (kind: SurfaceKind, full: BufferGeometry | null, low: BufferGeometry): Model => ({
  full: new Map(full ? [[kind, full]] : []),
  low: new Map([[kind, low]]),
  solids: [],
  seats: [],
  lights: [],
  sounds: [],
  foreign: null,
});

const at = (model: Model, z: number, more: Partial<Placement> = {}): Placement => ({
  model,
  matrix: new Matrix4().makeTranslation(0, 0, z),
  tint: new Color(1, 1, 1),
  shade: 1,
  castShadow: true,
  ...more,
});

function built(placements: readonly Placement[]) {
  const material = new MeshBasicMaterial();
  const batches = new SurfaceBatches(placements, 'both', () => material, BakedBatch);
  atOnce(batches.build());
  return { batches, meshes: batches.group.children as BakedBatch[] };
}

/** Looking along -z. */
function seen({ batches, meshes }: ReturnType<typeof built>): number[] {
  const camera = new PerspectiveCamera(60, 1, 0.1, 1000);
  const frustum = new Frustum().setFromProjectionMatrix(camera.projectionMatrix);
  batches.cull(frustum, camera.position, REACH);
  return meshes.flatMap((mesh) => {
    mesh.onBeforeRender();
    const { index, drawRange, attributes } = mesh.geometry;
    const corners = Array.from({ length: drawRange.count }, (_, i) => index?.getX(i) ?? -1);
    return corners.map((corner) => attributes['position']?.getZ(corner) ?? Number.NaN);
  });
}

/** Of the first vertex. */
function colorOf(kind: SurfaceKind, alpha: number, more: Partial<Placement>): number[] {
  const form = boxes(1, alpha);
  const { meshes } = built([at(modelOf(kind, form, form), -5, more)]);
  const color = meshes[0]?.geometry.getAttribute('color');
  return [0, 1, 2, 3].map((part) => color?.getComponent(0, part) ?? Number.NaN);
}

describe('baked_batch', () => {
  const model = modelOf('solid', boxes(4), boxes(1));

  it('draws what is near in full, what is far light, and what is behind not at all', () => {
    const drawn = seen(built([at(model, -10), at(model, -100), at(model, 10)]));
    expect(drawn).toHaveLength((4 + 1) * 36);
    expect(drawn.filter((z) => Math.abs(z + 10) === 1)).toHaveLength(4 * 36);
    expect(drawn.filter((z) => Math.abs(z + 100) === 1)).toHaveLength(36);
  });

  it('tells the graphics card of another list only when there is one', () => {
    const world = built([at(model, -10)]);
    const [mesh] = world.meshes;
    seen(world);
    const { index } = mesh?.geometry ?? {};
    expect(index?.version).toBe(1);
    seen(world);
    expect(index?.version).toBe(1);
    mesh?.setVisibleAt(0, false);
    mesh?.onBeforeRender();
    expect(index?.version).toBe(2);
    expect(mesh?.geometry.drawRange.count).toBe(0);
  });

  it('leaves out near what has a form for afar only', () => {
    const afar = modelOf('gloss', null, boxes(1));
    expect(seen(built([at(afar, -10)]))).toHaveLength(0);
    expect(seen(built([at(afar, -100)]))).toHaveLength(36);
  });

  it.each([
    ['solid', 0, [0.4, 0.2, 0.1, 0]],
    ['gloss', 0, [0.4, 0.2, 0.1, 0]],
    ['solid', 1, [GREY, GREY, GREY, 1]],
    ['foliage', 0, [GREY, GREY, GREY, 0]],
  ] as const)('tints %s of alpha %d as the shader would', (kind, alpha, expected) => {
    const color = colorOf(kind, alpha, { tint: new Color(0.8, 0.4, 0.2) });
    for (const [i, part] of color.entries()) expect(part).toBeCloseTo(expected[i] ?? -1, 4);
  });

  it.each([
    ['cloth', [0.9, 0.9, 0.9]],
    ['foliage', [0.81, 0.9, 0.99]],
    ['glow', [1, 1, 1]],
  ] as const)('shades %s as the shader would', (kind, expected) => {
    const color = colorOf(kind, 1, { shade: 0.9 });
    for (const [i, part] of expected.entries()) expect(color[i]).toBeCloseTo(GREY * part, 4);
  });

  it('is built in steps', () => {
    const placements = Array.from({ length: 200 }, () => at(model, -10));
    const { batches } = {
      batches: new SurfaceBatches(placements, 'both', () => new MeshBasicMaterial(), BakedBatch),
    };
    let steps = 0;
    for (const _ of batches.build()) steps++;
    expect(steps).toBeGreaterThan(12);
  });

  it('is freed', () => {
    const { batches, meshes } = built([at(model, -10)]);
    const freed = vi.fn();
    meshes[0]?.geometry.addEventListener('dispose', freed);
    batches.dispose();
    expect(freed).toHaveBeenCalledOnce();
    expect(batches.group.children).toHaveLength(0);
  });
});
