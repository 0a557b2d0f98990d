import type { WorldDocument, WorldObject } from '@flux/sdk';
import { Matrix4, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { collidersOf } from './colliders.ts';
import { formPlacements } from './form_models.ts';
import { formOf, isForm } from './forms.ts';
import { atOnce } from './slices.ts';
import { unfold } from './unfold.ts';

function world(objects: WorldObject[], prefabs: WorldDocument['prefabs'] = {}): WorldDocument {
  return {
    objects,
    prefabs,
    materials: {
      stone: { color: '#808080' },
      moss: { color: '#00ff00' },
      plank: { color: '#a9714b' },
    },
  } as unknown as WorldDocument;
}

const cube = (x: number, extra: object = {}): WorldObject =>
  ({
    kind: 'box',
    size: [1, 1, 1],
    position: [x, 0, 0],
    material: 'stone',
    ...extra,
  }) as WorldObject;
const post = (x: number): WorldObject => ({ kind: 'prefab', prefab: 'post', position: [x, 0, 0] });
const POST = { post: [cube(0), cube(2)] };

describe('unfold', () => {
  it('dissolves groups into places in the world', () => {
    const group: WorldObject = {
      kind: 'group',
      position: [10, 0, 0],
      rotation: [0, 90, 0],
      objects: [cube(1)],
    };
    const { pieces } = unfold(world([group]));
    const at = new Vector3().setFromMatrixPosition(pieces[0]?.matrix ?? new Matrix4());
    expect(at.x).toBeCloseTo(10);
    expect(at.z).toBeCloseTo(-1);
  });

  it('keeps many copies of a prefab together and merges few', () => {
    const few = unfold(world([post(0), post(5)], POST));
    expect(few.copies).toHaveLength(0);
    expect(few.pieces).toHaveLength(4);
    const many = unfold(
      world(
        Array.from({ length: 9 }, (_, i) => post(i * 5)),
        POST,
      ),
    );
    expect(many.pieces).toHaveLength(0);
    expect(many.copies[0]?.places).toHaveLength(9);
  });

  it('replaces materials within a prefab', () => {
    const mossy: WorldObject = { kind: 'prefab', prefab: 'post', materials: { stone: 'moss' } };
    const { pieces } = unfold(world([mossy], POST));
    expect(pieces[0]?.surface.color.getHexString()).toBe('00ff00');
  });
});

describe('form_models', () => {
  it('makes one model of all stones of one tile', () => {
    const [stones, ...others] = atOnce(formPlacements(unfold(world([cube(0), cube(3), cube(6)]))));
    expect(others).toHaveLength(0);
    expect([...(stones?.model.full.keys() ?? [])]).toEqual(['solid']);
    expect((stones?.model.full.get('solid')?.index?.count ?? 0) / 3).toBe(3 * 44);
    expect((stones?.model.low.get('solid')?.index?.count ?? 0) / 3).toBe(3 * 12);
  });

  it('places one model wherever a prefab stands many times', () => {
    const posts = Array.from({ length: 30 }, (_, i) => post(i * 5));
    const placements = atOnce(formPlacements(unfold(world(posts, POST))));
    expect(placements).toHaveLength(30);
    expect(new Set(placements.map(({ model }) => model)).size).toBe(1);
    expect(placements[29]?.matrix.elements[12]).toBe(29 * 5);
  });

  it('keeps apart what casts no shadow', () => {
    const placements = atOnce(
      formPlacements(unfold(world([cube(0), cube(3, { castShadow: false })]))),
    );
    expect(placements.map(({ castShadow }) => castShadow).sort()).toEqual([false, true]);
  });
});

describe('colliders', () => {
  it('follow the document: none, and flat things by default, let people pass', () => {
    const disc: WorldObject = { kind: 'disc', size: [4, 4] };
    expect(atOnce(collidersOf(unfold(world([cube(0, { collider: 'none' }), disc])))).count).toBe(0);
    expect(atOnce(collidersOf(unfold(world([cube(0)])))).count).toBe(12);
  });

  it('stand where copies stand', () => {
    const grid = atOnce(
      collidersOf(
        unfold(
          world(
            Array.from({ length: 9 }, (_, i) => post(i * 5)),
            POST,
          ),
        ),
      ),
    );
    expect(grid.cast(40, 5, 0, 0, -1, 0, 10)?.distance).toBeCloseTo(4);
    expect(grid.cast(44, 5, 0, 0, -1, 0, 10)).toBeNull();
  });

  it('know what they are made of', () => {
    const plank = cube(0, { material: 'plank' });
    const grid = atOnce(collidersOf(unfold(world([plank, cube(5)]))));
    const under = (x: number) => grid.cast(x, 5, 0, 0, -1, 0, 10)?.triangle ?? -1;
    expect(grid.groundOf(under(0))).toBe('wood');
    expect(grid.groundOf(under(5))).toBe('stone');
  });

  it('leave the opening of an arch free', () => {
    const arch: WorldObject = { kind: 'arch', size: [4, 4, 1], hole: 0.7 };
    const grid = atOnce(collidersOf(unfold(world([arch]))));
    expect(grid.cast(0, 1, 5, 0, 0, -1, 10)).toBeNull();
    expect(grid.cast(1.8, 1, 5, 0, 0, -1, 10)).not.toBeNull();
  });
});

describe('forms', () => {
  const shapes: WorldObject[] = [
    cube(0),
    { kind: 'cylinder', size: [2, 1, 2], top: 0.5 },
    { kind: 'cone', size: [2, 1, 2] },
    { kind: 'dome', size: [2, 1, 2] },
    { kind: 'capsule', size: [1, 2, 1] },
    { kind: 'ring', size: [4, 1, 4], hole: 0.5 },
    { kind: 'ring', size: [4, 1, 4], hole: 0.5, arc: 120 },
    { kind: 'arch', size: [2, 3, 1], hole: 0.6 },
    { kind: 'wedge', size: [2, 1, 2] },
    { kind: 'stairs', size: [2, 1, 2], steps: 4 },
  ];

  it.each(shapes)('stand on the ground within their size: $kind', (shape) => {
    if (!isForm(shape as never)) throw new Error('not a form');
    for (const detail of ['fine', 'plain'] as const) {
      const form = formOf(shape as never, detail);
      form.computeBoundingBox();
      const { size } = shape as unknown as { size: [number, number, number] };
      expect(form.boundingBox?.min.y).toBeCloseTo(0, 2);
      expect(form.boundingBox?.max.y).toBeCloseTo(size[1], 2);
      expect((form.boundingBox?.max.x ?? 0) * 2).toBeLessThanOrEqual(size[0] + 1e-5);
    }
  });

  it.each(shapes)('face outwards: $kind', (shape) => {
    const fine = formOf(shape as never, 'fine');
    const form = fine.index ? fine.toNonIndexed() : fine;
    const position = form.getAttribute('position');
    const normal = form.getAttribute('normal');
    const [a, b, c, n] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
    for (let i = 0; i < position.count; i += 3) {
      a.fromBufferAttribute(position, i);
      b.fromBufferAttribute(position, i + 1).sub(a);
      c.fromBufferAttribute(position, i + 2).sub(a);
      const face = b.cross(c);
      if (face.length() < 1e-7) continue;
      expect(face.normalize().dot(n.fromBufferAttribute(normal, i))).toBeGreaterThan(0);
    }
  });
});
