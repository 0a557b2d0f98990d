import type { EntityId } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { FOLLOW_METRES, Following } from './following.ts';
import { box, gridOf } from './test_ground.ts';
import { WalkMap } from './walk_map.ts';
import { WalkingBody } from './walking_body.ts';

const BOUNDS = { least: [-60, -2, -60], most: [60, 20, 60] } as const;
const FRAME = 1 / 60;
const PACES = { walk: 2.2, run: 5.8 };

interface Them {
  x: number;
  y: number;
  z: number;
  yaw: number;
}

function scene(corners: readonly number[] = []) {
  const grid = gridOf(corners);
  const body = new WalkingBody(grid, BOUNDS);
  body.put(0, 0, 0);
  const following = new Following(7 as EntityId, new WalkMap(grid, BOUNDS));
  const run = (seconds: number, them: Them, step: (them: Them) => void = () => {}) => {
    let [fastest, isOn] = [0, true];
    for (let i = 0; isOn && i < seconds * 60; i++) {
      step(them);
      const wish = following.wish(body, them, PACES, FRAME);
      isOn = wish !== null;
      if (wish) body.step(wish, FRAME);
      fastest = Math.max(fastest, body.speed);
    }
    return { fastest, isOn, apart: Math.hypot(them.x - body.x, them.z - body.z) };
  };
  return { body, following, run };
}

describe('following', () => {
  it('comes up to somebody who stands, runs while far, and rests looking at them', () => {
    const { following, run } = scene();
    const { fastest, apart } = run(10, { x: 20, y: 0, z: 0, yaw: 0 });
    expect(fastest).toBeGreaterThan(5);
    expect(apart).toBeGreaterThan(FOLLOW_METRES - 0.2);
    expect(apart).toBeLessThan(2.4);
    expect(following.facing).toBeCloseTo(-Math.PI / 2, 1);
  });

  it('stays where it is while they only shift about', () => {
    const { body, run } = scene();
    const them = { x: 1.9, y: 0, z: 0, yaw: 0 };
    run(1, them);
    const { x } = body;
    run(2, { ...them, x: 2.2 });
    expect(body.x).toBeCloseTo(x, 1);
  });

  it('walks behind somebody who walks, at their pace', () => {
    const { body, run } = scene();
    const them = { x: 0, y: 0, z: -2, yaw: 0 };
    const { apart } = run(12, them, (one) => {
      one.z -= 2 * FRAME;
    });
    expect(apart).toBeGreaterThan(1.2);
    expect(apart).toBeLessThan(3.6);
    expect(body.z).toBeGreaterThan(them.z);
    expect(body.speed).toBeGreaterThan(1);
  });

  it('finds its way round a wall between', () => {
    const { run } = scene(box([6, 0, 0], [0.4, 3, 12]));
    const { apart, isOn } = run(20, { x: 12, y: 0, z: 0, yaw: 0 });
    expect(isOn).toBe(true);
    expect(apart).toBeLessThan(2.6);
  });

  it('gives up when there is no way for long', () => {
    const room = [
      ...box([0, 0, -3], [6, 3, 0.4]),
      ...box([0, 0, 3], [6, 3, 0.4]),
      ...box([3, 0, 0], [0.4, 3, 6]),
      ...box([-3, 0, 0], [0.4, 3, 6]),
    ];
    const { run } = scene(room);
    expect(run(5, { x: 30, y: 0, z: 0, yaw: 0 }).isOn).toBe(true);
    expect(run(30, { x: 30, y: 0, z: 0, yaw: 0 }).isOn).toBe(false);
  });
});
