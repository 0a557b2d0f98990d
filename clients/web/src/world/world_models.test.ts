import type { WorldDocument, WorldObject } from '@flux/sdk';
import { BoxGeometry, Group, Mesh, MeshStandardMaterial, Vector3 } from 'three';
import { describe, expect, it, vi } from 'vitest';
import { modelOf } from './model_parts.ts';
import { atOnce } from './slices.ts';
import { modelsFromDisk, sceneFromDisk } from './test_models.ts';
import { unfold } from './unfold.ts';
import { modelWishes, placeModels } from './world_models.ts';

const placed = (url: string, extra: object = {}): WorldObject =>
  ({ kind: 'model', url, position: [10, 0, 4], ...extra }) as WorldObject;
const world = (...objects: WorldObject[]) =>
  unfold({ objects, prefabs: {}, materials: {} } as unknown as WorldDocument);

const BUILT = '/art/built.glb';

describe('the models of our kit', () => {
  it('come with what is drawn of them near and far, in metres and on the ground', async () => {
    const bench = modelOf(await sceneFromDisk(BUILT), 'bench');
    const full = bench?.full.get('solid');
    const low = bench?.low.get('solid');
    expect(low?.index?.count).toBeLessThan((full?.index?.count ?? 0) / 2);
    for (const geometry of [full, low]) {
      geometry?.computeBoundingBox();
      const size = geometry?.boundingBox?.getSize(new Vector3());
      expect(size?.x).toBeGreaterThan(1);
      expect(size?.x).toBeLessThan(3);
      expect(geometry?.boundingBox?.min.y).toBeCloseTo(0, 1);
    }
  });

  it('say where one sits and looks, turned with the thing they belong to', async () => {
    const { seats } = await modelsFromDisk(world(placed(`${BUILT}#bench`)));
    const turned = await modelsFromDisk(world(placed(`${BUILT}#bench`, { rotation: [0, 90, 0] })));
    expect(seats.length).toBeGreaterThan(1);
    for (const seat of seats) {
      expect(seat.y).toBeGreaterThan(0.25);
      expect(seat.y).toBeLessThan(0.7);
      expect(Math.hypot(seat.x - 10, seat.z - 4)).toBeLessThan(1.5);
    }
    const apart = (turned.seats[0]?.yaw ?? 0) - (seats[0]?.yaw ?? 0);
    expect((apart + 2) % 1).toBeCloseTo(0.25);
  });

  it('have solids of a known ground, unless the document says none', async () => {
    const free = { collider: 'none' };
    const { solids, lamps } = await modelsFromDisk(
      world(placed(`${BUILT}#stage`), placed(`${BUILT}#lamp`), placed(`${BUILT}#bench`, free)),
    );
    expect(new Set(solids.map(({ ground }) => ground))).toEqual(
      new Set(['stone', 'wood', 'metal']),
    );
    expect(lamps.length).toBeGreaterThan(1);
    for (const lamp of lamps) expect(lamp.y).toBeGreaterThan(0.2);
  });
});

describe('placing models', () => {
  it('tells what is missing once, and leaves it out', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { first } = modelWishes(world(placed('a.glb#x'), placed('a.glb#x')));
    expect(atOnce(placeModels(first, new Map([['a.glb', new Group()]]))).placements).toEqual([]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(atOnce(placeModels(first, new Map())).placements).toEqual([]);
  });

  it('draws what others made as it is, and lets nobody through it', () => {
    const chair = new Mesh(new BoxGeometry(1, 1, 1), new MeshStandardMaterial({ name: 'oak' }));
    const scene = new Group().add(chair);
    const { first } = modelWishes(world(placed('chair.glb')));
    const { foreign, solids, placements } = atOnce(
      placeModels(first, new Map([['chair.glb', scene]])),
    );
    expect(placements).toEqual([]);
    expect(solids).toHaveLength(1);
    const drawn: Mesh[] = [];
    foreign.traverse((object) => {
      if (object instanceof Mesh) drawn.push(object);
    });
    expect(drawn[0]?.material).toBe(chair.material);
    expect(drawn[0]?.getWorldPosition(new Vector3()).toArray()).toEqual([10, 0, 4]);
  });

  it('puts off files of things that nobody bumps into', () => {
    const { first, later } = modelWishes(
      world(
        placed('far.glb#hill', { collider: 'none' }),
        placed('built.glb#bench'),
        placed('built.glb#flag', { collider: 'none' }),
      ),
    );
    expect(first.map(({ name }) => name)).toEqual(['bench', 'flag']);
    expect(later.map(({ name }) => name)).toEqual(['hill']);
  });
});
