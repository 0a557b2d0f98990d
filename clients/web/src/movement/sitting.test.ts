import { describe, expect, it } from 'vitest';
import type { Seat } from '../world/world_features.ts';
import { SEAT_TAKEN, Sitting } from './sitting.ts';
import { box, gridOf } from './test_ground.ts';
import { WalkMap } from './walk_map.ts';
import { WalkingBody } from './walking_body.ts';

const BOUNDS = { least: [-20, -2, -20], most: [20, 20, 20] } as const;
const FRAME = 1 / 60;
/** A bench along x behind z = -2; one looks along +z from it. */
const BENCH = box([0, 0, -2.25], [3, 0.45, 0.5]);
const seatAt = (x: number): Seat => ({ x, y: 0.45, z: -2.02, yaw: 0.5 });

interface Person {
  x: number;
  z: number;
}

function scene(people: Person[] = [], seats: Seat[] = [seatAt(-0.8), seatAt(0.8)]) {
  const grid = gridOf(BENCH);
  const body = new WalkingBody(grid, BOUNDS);
  const sitting = new Sitting(seats, new WalkMap(grid, BOUNDS), (x, _y, z, reach) =>
    people.some((one) => Math.hypot(one.x - x, one.z - z) < reach),
  );
  const run = (seconds: number) => {
    let fastest = 0;
    for (let i = 0; i < seconds * 60; i++) {
      const [x, z] = [body.x, body.z];
      if (sitting.isHolding) sitting.update(body, FRAME);
      else body.step({ x: 0, z: 0, jump: false }, FRAME);
      fastest = Math.max(fastest, Math.hypot(body.x - x, body.z - z) / FRAME);
    }
    return fastest;
  };
  return { body, sitting, seats, run };
}

describe('sitting', () => {
  it('finds the nearest seat within reach, and none beyond', () => {
    const { sitting, seats } = scene();
    expect(sitting.nearest(0.6, 0, -1)).toBe(seats[1]);
    expect(sitting.nearest(-0.6, 0, -1)).toBe(seats[0]);
    expect(sitting.nearest(0.6, 0, 2)).toBeNull();
    expect(sitting.nearest(0.6, 3, -1)).toBeNull();
  });

  it('passes over a seat that somebody has taken', () => {
    const { sitting, seats } = scene([{ x: 0.8 + SEAT_TAKEN * 0.8, z: -2.02 }]);
    expect(sitting.nearest(0.3, 0, -1)).toBe(seats[0]);
  });

  it('gets onto the seat with its hips on it, and not too fast for the server', () => {
    const { body, sitting, seats, run } = scene();
    const [seat] = seats;
    if (!seat) throw new Error('There is a seat.');
    body.put(0.2, 0, -1);
    sitting.sit(seat, body);
    expect(sitting.isSeated).toBe(false);
    expect(run(1)).toBeLessThan(5.8);
    expect(sitting.isSeated).toBe(true);
    expect(body.x).toBeCloseTo(seat.x);
    expect(body.y).toBeCloseTo(0);
    expect(body.z).toBeCloseTo(seat.z);
  });

  it('sits higher on a higher seat', () => {
    const high = { ...seatAt(0), y: 0.9 };
    const { body, sitting, run } = scene([], [high]);
    body.put(0, 0, -1);
    sitting.sit(high, body);
    run(1);
    expect(body.y).toBeCloseTo(0.45);
  });

  it('gets up in front of the bench, on the ground, at once', () => {
    const { body, sitting, seats, run } = scene();
    const [seat] = seats;
    if (!seat) throw new Error('There is a seat.');
    body.put(-0.8, 0, -1.4);
    sitting.sit(seat, body);
    run(1);
    const { z } = body;
    sitting.stand(body);
    run(FRAME);
    expect(body.z).toBeGreaterThan(z);
    run(0.5);
    expect(sitting.isHolding).toBe(false);
    expect(body.z).toBeGreaterThan(-1.78);
    expect(body.y).toBe(0);
    expect(Math.abs(body.x - seat.x)).toBeLessThan(0.6);
  });
});
