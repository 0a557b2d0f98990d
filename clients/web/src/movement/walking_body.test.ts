import { POSE } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { GROUND_KINDS } from '../world/world_features.ts';
import { BODY } from './body_shape.ts';
import { box, gridOf, ramp, stairs } from './test_ground.ts';
import { TriangleGrid } from './triangle_grid.ts';
import { WalkingBody, type Wish } from './walking_body.ts';

const BOUNDS = { least: [-30, -2, -30], most: [30, 40, 30] } as const;
const STILL: Wish = { x: 0, z: 0, jump: false };

function bodyOn(corners: readonly number[], x = 0, y = 0, z = 0): WalkingBody {
  const body = new WalkingBody(gridOf(corners), BOUNDS);
  body.put(x, y, z);
  return body;
}

function walk(body: WalkingBody, wish: Wish, seconds: number, delta = 1 / 60): void {
  for (let time = 0; time < seconds; time += delta) body.step(wish, delta);
}

const north = (speed: number): Wish => ({ x: 0, z: -speed, jump: false });

/** How high a jump goes whose key is held for so long. */
function jumpHeight(heldSeconds: number, delta = 1 / 60): number {
  const body = bodyOn([]);
  body.step({ ...STILL, jump: true }, delta);
  let highest = 0;
  for (let time = delta; time < 1.5; time += delta) {
    body.step({ ...STILL, hold: time < heldSeconds }, delta);
    highest = Math.max(highest, body.y);
  }
  return highest;
}

describe('walking_body', () => {
  it('moves in the same step in which it is asked to', () => {
    const body = bodyOn([]);
    body.step(north(6), 1 / 60);
    expect(body.z).toBeLessThan(-0.005);
  });

  it.each([2.2, 6])(
    'is at %d m/s after an eighth of a second, and at rest as soon again',
    (speed) => {
      const body = bodyOn([]);
      walk(body, north(speed), 0.06);
      expect(body.speed).toBeLessThan(speed * 0.7);
      walk(body, north(speed), 0.07);
      expect(body.speed).toBeCloseTo(speed, 2);
      walk(body, STILL, 0.08);
      expect(body.speed).toBeGreaterThan(speed * 0.3);
      walk(body, STILL, 0.1);
      expect(body.speed).toBe(0);
    },
  );

  it('takes longer to turn about than to start', () => {
    const body = bodyOn([]);
    walk(body, north(4), 0.3);
    walk(body, north(-4), 0.13);
    expect(body.velocityZ).toBeLessThan(2);
    walk(body, north(-4), 0.15);
    expect(body.velocityZ).toBeCloseTo(4, 1);
  });

  it('jumps higher the longer the key is held', () => {
    const [tap, half, full] = [jumpHeight(0.02), jumpHeight(0.2), jumpHeight(1)];
    expect(tap).toBeGreaterThan(0.25);
    expect(half).toBeGreaterThan(tap + 0.15);
    expect(full).toBeGreaterThan(half + 0.1);
    expect(full).toBeGreaterThan(0.9);
    expect(full).toBeLessThan(1.15);
  });

  it('jumps nearly as high on a slow machine', () => {
    expect(jumpHeight(1, 1 / 30)).toBeCloseTo(jumpHeight(1, 1 / 144), 0);
  });

  it('may jump a moment after it has left an edge, and not later', () => {
    const fromEdge = (late: number): number => {
      const body = bodyOn(box([0, 0, 0], [4, 3, 4]), 0, 3, -1.9);
      while (body.isGrounded) body.step(north(3), 1 / 60);
      walk(body, north(3), late);
      body.step({ ...north(3), jump: true }, 1 / 60);
      return body.velocityY;
    };
    expect(fromEdge(0.07)).toBeGreaterThan(4);
    expect(fromEdge(0.2)).toBeLessThan(0);
  });

  it('remembers a jump asked for just before it lands', () => {
    const body = bodyOn([], 0, 0, 0);
    body.put(0, 1.2, 0);
    while (body.y > 0.45) body.step(STILL, 1 / 60);
    body.step({ ...STILL, jump: true }, 1 / 60);
    let rose = false;
    for (let i = 0; i < 12; i++) {
      body.step({ ...STILL, hold: true }, 1 / 60);
      rose ||= body.velocityY > 3;
    }
    expect(rose).toBe(true);
  });

  it('steers in the air, but slower than on the ground', () => {
    const body = bodyOn([]);
    body.step({ ...STILL, jump: true }, 1 / 60);
    walk(body, { ...north(4), hold: true }, 0.12);
    expect(-body.velocityZ).toBeGreaterThan(0.5);
    expect(-body.velocityZ).toBeLessThan(2);
  });

  it('keeps its way when it jumps and lets go of the keys', () => {
    const body = bodyOn([]);
    walk(body, north(4), 0.5);
    body.step({ ...north(4), jump: true }, 1 / 60);
    walk(body, { ...STILL, hold: true }, 0.3);
    expect(-body.velocityZ).toBeGreaterThan(2.5);
  });

  it('knows what is underfoot', () => {
    const deck = box([0, 0, -4], [6, 0.3, 4]);
    const kinds = new Uint8Array(deck.length / 9).fill(GROUND_KINDS.indexOf('wood'));
    const grid = new TriangleGrid(
      new Float32Array(deck),
      new Uint8Array(kinds.length),
      kinds,
      'earth',
    );
    const body = new WalkingBody(grid, BOUNDS);
    body.put(0, 0, 0);
    expect(body.ground).toBe('earth');
    walk(body, north(2), 1.8);
    expect(body.ground).toBe('wood');
  });

  it('reaches the speed that is wished for and stops when nothing is', () => {
    const body = bodyOn([]);
    walk(body, north(2), 1);
    expect(-body.velocityZ).toBeCloseTo(2, 1);
    expect(body.pose(3)).toBe(POSE.walk);
    walk(body, STILL, 0.6);
    expect(Math.hypot(body.velocityX, body.velocityZ)).toBe(0);
  });

  it.each([1 / 20, 1 / 60, 1 / 144])('is stopped by a wall at %d seconds a frame', (delta) => {
    const body = bodyOn(box([0, 0, -5], [10, 3, 0.3]));
    walk(body, north(6), 3, delta);
    expect(body.z).toBeGreaterThan(-4.85 + BODY.radius - 0.02);
    expect(body.z).toBeLessThan(-4.3);
  });

  it('slides along a turned wall instead of sticking to it', () => {
    const body = bodyOn(box([0, 0, -5], [20, 3, 0.3], 0.6));
    walk(body, north(4), 3);
    expect(Math.abs(body.x)).toBeGreaterThan(2);
  });

  it('is held in a corner', () => {
    const corner = [...box([0, 0, -5], [12, 3, 0.4]), ...box([4, 0, 0], [0.4, 3, 12])];
    const body = bodyOn(corner);
    walk(body, { x: 4, z: -4, jump: false }, 4);
    expect(body.x).toBeLessThan(3.8);
    expect(body.z).toBeGreaterThan(-4.8);
  });

  it('walks up stairs and down again with its feet on them', () => {
    const body = bodyOn(stairs([0, 0, -6], [4, 2.4, 6], 8), 0, 0, 0);
    walk(body, north(2), 2.6);
    expect(body.isGrounded).toBe(true);
    expect(body.y).toBeGreaterThan(0.8);
    walk(body, north(2), 1.6);
    expect(body.y).toBeCloseTo(2.4, 1);
    for (let i = 0; i < 150; i++) {
      body.step({ x: 0, z: 2, jump: false }, 1 / 60);
      expect(body.isGrounded).toBe(true);
    }
    expect(body.y).toBeLessThan(1.6);
  });

  it('steps onto a kerb but not onto a table', () => {
    const kerb = bodyOn(box([0, 0, -4], [6, 0.34, 4]));
    walk(kerb, north(2), 2);
    expect(kerb.y).toBeCloseTo(0.34, 2);
    const table = bodyOn(box([0, 0, -4], [6, 0.42, 4]));
    walk(table, north(2), 2);
    expect(table.y).toBe(0);
    expect(table.z).toBeGreaterThan(-2);
  });

  it('jumps onto the table', () => {
    const body = bodyOn(box([0, 0, -4], [6, 0.7, 4]));
    walk(body, north(2), 1);
    body.step({ ...north(2), jump: true }, 1 / 60);
    expect(body.pose(3)).toBe(POSE.jump);
    walk(body, { ...north(2), hold: true }, 1.2);
    expect(body.y).toBeCloseTo(0.7, 2);
  });

  it('walks up a gentle slope and is refused by a steep one', () => {
    const gentle = bodyOn(ramp([0, 0, -6], [6, 3, 8]));
    walk(gentle, north(2), 4);
    expect(gentle.y).toBeGreaterThan(1.5);
    const steep = bodyOn(ramp([0, 0, -6], [6, 12, 6]));
    walk(steep, north(3), 4);
    expect(steep.y).toBeLessThan(0.5);
  });

  it('does not jump through a ceiling', () => {
    const body = bodyOn(box([0, 2, 0], [6, 0.3, 6]));
    let highest = 0;
    body.step({ ...STILL, jump: true }, 1 / 60);
    for (let i = 0; i < 60; i++) {
      body.step({ ...STILL, hold: true }, 1 / 60);
      highest = Math.max(highest, body.y);
    }
    expect(highest).toBeGreaterThan(0.2);
    expect(highest + 1.25 + BODY.radius).toBeLessThan(2.05);
    expect(body.y).toBe(0);
  });

  it('falls off an edge to the ground below', () => {
    const body = bodyOn(box([0, 0, 0], [4, 5, 4]), 0, 5, 0);
    expect(body.isGrounded).toBe(true);
    walk(body, north(3), 1.15);
    expect(body.isGrounded).toBe(false);
    expect(body.pose(5)).toBe(POSE.fall);
    walk(body, STILL, 2);
    expect(body.y).toBe(0);
    expect(body.isGrounded).toBe(true);
  });

  it.each([
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
    [0.7, 0.7],
  ])('cannot leave the bounds towards %d, %d', (x, z) => {
    const body = bodyOn([]);
    walk(body, { x: x * 12, z: z * 12, jump: true }, 6);
    expect(Math.abs(body.x)).toBeLessThanOrEqual(30);
    expect(Math.abs(body.z)).toBeLessThanOrEqual(30);
    expect(body.y).toBeLessThan(40);
  });

  it('never goes faster over the ground than it wishes to', () => {
    const body = bodyOn(box([3, 0, -5], [4, 3, 4], 0.4));
    for (let i = 0; i < 400; i++) {
      const [x, z] = [body.x, body.z];
      body.step({ x: 3, z: -4, jump: i % 50 === 0 }, 1 / 60);
      expect(Math.hypot(body.x - x, body.z - z) * 60).toBeLessThan(5.05);
    }
  });
});
