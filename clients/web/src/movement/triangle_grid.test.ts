import { describe, expect, it } from 'vitest';
import { GROUND_KINDS } from '../world/world_features.ts';
import { closestPoint } from './closest_point.ts';
import { box, gridOf } from './test_ground.ts';
import { TriangleGrid } from './triangle_grid.ts';

describe('triangle_grid', () => {
  it('finds what is near and passes over what is far', () => {
    const grid = gridOf([...box([0, 0, 0], [1, 1, 1]), ...box([100, 0, 0], [1, 1, 1])]);
    expect(grid.near(0, 0, 2).length).toBe(12);
    expect(grid.near(50, 0, 2).length).toBe(0);
    expect(grid.near(100, 0, 2).length).toBe(12);
  });

  it('names a triangle that lies in many cells only once', () => {
    const grid = gridOf(box([0, 0, 0], [80, 1, 80]));
    const found = [...grid.near(0, 0, 40)];
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe(12);
  });

  it('casts to the nearest surface, from either side, with its normal towards the eye', () => {
    const grid = gridOf([...box([0, 0, -10], [4, 4, 1]), ...box([0, 0, -20], [4, 4, 1])]);
    const hit = grid.cast(0, 1, 0, 0, 0, -1, 50);
    expect(hit?.distance).toBeCloseTo(9.5);
    expect(hit?.nz).toBeCloseTo(1);
    const inside = grid.cast(0, 1, -10, 0, 0, -1, 50);
    expect(inside?.distance).toBeCloseTo(0.5);
  });

  it('casts nothing beyond the reach', () => {
    const grid = gridOf(box([0, 0, -10], [4, 4, 1]));
    expect(grid.cast(0, 1, 0, 0, 0, -1, 9)).toBeNull();
    expect(grid.cast(0, 1, 0, 0, 0, 1, 50)).toBeNull();
  });

  it('agrees with a search of all triangles on rays in all directions', () => {
    const boxes = Array.from({ length: 60 }, (_, i) =>
      box([((i * 37) % 90) - 45, 0, ((i * 53) % 70) - 35], [1 + (i % 3), 2, 1 + (i % 4)]),
    ).flat();
    const grid = gridOf(boxes);
    const one = gridOf(boxes, 4000);
    let hits = 0;
    for (let i = 0; i < 200; i++) {
      const angle = i * 0.377;
      const [dx, dz] = [Math.sin(angle), Math.cos(angle)];
      const [x, z] = [((i * 7) % 40) - 20, ((i * 11) % 40) - 20];
      const a = grid.cast(x, 0.7, z, dx, 0, dz, 60);
      const b = one.cast(x, 0.7, z, dx, 0, dz, 60);
      expect(a?.distance).toBe(b?.distance);
      if (a) hits++;
    }
    expect(hits).toBeGreaterThan(20);
  });

  it('sweeps a ball to where it touches a face, an edge or a corner', () => {
    const grid = gridOf(box([0, 0, -10], [4, 4, 1]));
    const sweep = (x: number, y: number, reach = 50) =>
      grid.sweep({ x, y, z: 0, dx: 0, dy: 0, dz: -1, radius: 0.5 }, reach);
    expect(sweep(0, 1)).toBeCloseTo(9);
    // Beside the edge at x = 2 by 0.3: the ball's rim is 0.4 before its middle there.
    expect(sweep(2.3, 1)).toBeCloseTo(9.5 - 0.4);
    // Beside the corner by 0.3 and 0.2.
    expect(sweep(2.3, 4.2)).toBeCloseTo(9.5 - Math.sqrt(0.25 - 0.13));
    expect(sweep(2.6, 1)).toBe(50);
    expect(sweep(0, 1, 5)).toBe(5);
  });

  it('lets a ball that touches go away, and not deeper', () => {
    const grid = gridOf(box([0, 0, -10], [4, 4, 1]));
    const ball = { x: 0, y: 1, z: -9.3, dx: 0, dy: 0, radius: 0.5 };
    expect(grid.sweep({ ...ball, dz: -1 }, 3)).toBe(0);
    expect(grid.sweep({ ...ball, dz: 1 }, 3)).toBe(3);
  });

  it('sweeps no farther than a ball creeping along by its distance to everything', () => {
    const boxes = Array.from({ length: 50 }, (_, i) =>
      box([((i * 37) % 30) - 15, (i % 3) * 0.7, ((i * 53) % 30) - 15], [1, 1.5, 2], i),
    ).flat();
    const grid = gridOf(boxes);
    const spot = { x: 0, y: 0, z: 0 };
    const clearance = (x: number, y: number, z: number) => {
      let least = Infinity;
      for (let i = 0; i < grid.count; i++) {
        closestPoint(grid.corners, i, x, y, z, spot);
        least = Math.min(least, Math.hypot(spot.x - x, spot.y - y, spot.z - z));
      }
      return least;
    };
    let met = 0;
    for (let i = 0; i < 60; i++) {
      const [turn, rise] = [i * 0.7, Math.sin(i) * 0.3];
      const flat = Math.cos(rise);
      const [dx, dy, dz] = [Math.sin(turn) * flat, Math.sin(rise), Math.cos(turn) * flat];
      const from = { x: ((i * 7) % 20) - 10, y: 1.1, z: ((i * 11) % 20) - 10 };
      if (clearance(from.x, from.y, from.z) < 0.3) continue;
      const free = grid.sweep({ ...from, dx, dy, dz, radius: 0.25 }, 12);
      if (free < 12) met++;
      for (let far = 0; far < free; far += 0.1)
        expect(clearance(from.x + dx * far, from.y + dy * far, from.z + dz * far)).toBeGreaterThan(
          0.249,
        );
      const end = clearance(from.x + dx * free, from.y + dy * free, from.z + dz * free);
      if (free < 12) expect(end).toBeCloseTo(0.25, 3);
    }
    expect(met).toBeGreaterThan(10);
  });

  it('knows all surfaces over a place, and what they are made of', () => {
    const corners = new Float32Array([
      ...box([0, 0, 0], [4, 0.2, 4]),
      ...box([0, 2, 0], [4, 0.3, 4]),
    ]);
    const kinds = new Uint8Array(24).fill(GROUND_KINDS.indexOf('wood'), 12);
    const grid = new TriangleGrid(corners, new Uint8Array(24), kinds, 'earth');
    const [heights, triangles] = [new Float32Array(8), new Uint32Array(8)];
    expect(grid.surfaces(0.3, 0.7, heights, triangles)).toBe(4);
    for (const [i, height] of [0, 0.2, 2, 2.3].entries()) expect(heights[i]).toBeCloseTo(height);
    expect(grid.groundOf(triangles[1] ?? 0)).toBe('stone');
    expect(grid.groundOf(triangles[3] ?? 0)).toBe('wood');
    expect(grid.levelGround).toBe('earth');
    expect(grid.surfaces(9, 9, heights, triangles)).toBe(0);
  });

  it('refuses lists that do not belong together', () => {
    expect(() => new TriangleGrid(new Float32Array(18), new Uint8Array(1))).toThrow(RangeError);
  });

  it('stands empty without complaint', () => {
    expect(gridOf([]).cast(0, 1, 0, 0, -1, 0, 5)).toBeNull();
  });
});
