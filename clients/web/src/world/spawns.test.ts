import { readFileSync } from 'node:fs';
import type { WorldDocument, WorldSpawn } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { WalkingBody } from '../movement/walking_body.ts';
import { collidersOf } from './colliders.ts';
import { atOnce } from './slices.ts';
import { modelsFromDisk } from './test_models.ts';
import { unfold } from './unfold.ts';

const FREE_METRES = 4;
const STEP = 1 / 15;
const ANGLES = 12;

const worldOf = (name: string): WorldDocument =>
  JSON.parse(
    readFileSync(new URL(`../../../../worlds/${name}.json`, import.meta.url), 'utf8'),
  ) as WorldDocument;

const ahead = (yaw = 0): { x: number; z: number } => {
  const turn = (yaw * Math.PI) / 180;
  return { x: -Math.sin(turn), z: -Math.cos(turn) };
};

/** The middle, half way out, and the rim: where somebody may arrive. */
function placesOf({ position: [x, , z], radius = 0 }: WorldSpawn): [number, number][] {
  const places: [number, number][] = [[x, z]];
  for (const at of [radius / 2, radius]) {
    for (let i = 0; i < ANGLES; i++) {
      const turn = (i * Math.PI * 2) / ANGLES;
      places.push([x + at * Math.cos(turn), z + at * Math.sin(turn)]);
    }
  }
  return places;
}

describe.each(['plaza', 'garden'])('the spawns of %s', async (name) => {
  const world = worldOf(name);
  const unfolded = unfold(world);
  const grid = atOnce(collidersOf(unfolded, (await modelsFromDisk(unfolded)).solids));
  const bodyAt = (x: number, y: number, z: number): WalkingBody => {
    const body = new WalkingBody(grid, world.bounds);
    body.put(x, y, z);
    return body;
  };

  it('leave everybody where they arrive: nothing pushes them, nothing lifts them', () => {
    for (const spawn of world.spawns) {
      for (const [x, z] of placesOf(spawn)) {
        const body = bodyAt(x, spawn.position[1], z);
        body.step({ x: 0, z: 0, jump: false }, STEP);
        const moved = Math.hypot(body.x - x, body.z - z, body.y - spawn.position[1]);
        expect(moved, `arriving at ${x}, ${z}`).toBeLessThan(0.06);
      }
    }
  });

  it(`let everybody walk ${FREE_METRES} m straight ahead`, () => {
    for (const spawn of world.spawns) {
      const way = ahead(spawn.yaw);
      const wish = { x: way.x * world.speed.walk, z: way.z * world.speed.walk, jump: false };
      // A little longer, as a body does not start at once.
      const steps = Math.ceil(FREE_METRES / world.speed.walk / STEP) + 5;
      for (const [x, z] of placesOf(spawn)) {
        const body = bodyAt(x, spawn.position[1], z);
        for (let i = 0; i < steps; i++) body.step(wish, STEP);
        const gone = (body.x - x) * way.x + (body.z - z) * way.z;
        expect(gone, `from ${x}, ${z}`).toBeGreaterThanOrEqual(FREE_METRES);
      }
    }
  });
});

it('whoever arrives in the plaza looks at the fountain or at the portal', () => {
  const world = worldOf('plaza');
  const [px = 0, , pz = 0] = world.portals?.[0]?.position ?? [];
  for (const { position, yaw } of world.spawns) {
    const way = ahead(yaw);
    const off = [
      [0, 0],
      [px, pz],
    ].map(([x = 0, z = 0]) => {
      const [dx, dz] = [x - position[0], z - position[2]];
      return Math.acos((dx * way.x + dz * way.z) / Math.hypot(dx, dz));
    });
    expect(Math.min(...off), `at ${position}`).toBeLessThan(0.1);
  }
});
