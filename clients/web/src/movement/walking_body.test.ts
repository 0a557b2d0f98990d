import { POSE } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { box, gridOf, ramp, stairs } from './test_ground.ts';
import { BODY, WalkingBody, type Wish } from './walking_body.ts';

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

describe('walking_body', () => {
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
    const kerb = bodyOn(box([0, 0, -4], [6, 0.4, 4]));
    walk(kerb, north(2), 2);
    expect(kerb.y).toBeCloseTo(0.4, 2);
    const table = bodyOn(box([0, 0, -4], [6, 0.7, 4]));
    walk(table, north(2), 2);
    expect(table.y).toBe(0);
    expect(table.z).toBeGreaterThan(-2);
  });

  it('jumps onto the table', () => {
    const body = bodyOn(box([0, 0, -4], [6, 0.7, 4]));
    walk(body, north(2), 1);
    body.step({ ...north(2), jump: true }, 1 / 60);
    expect(body.pose(3)).toBe(POSE.jump);
    walk(body, north(2), 1.2);
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
      body.step(STILL, 1 / 60);
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
