import { describe, expect, it } from 'vitest';
import { box, gridOf } from './test_ground.ts';

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

  it('stands empty without complaint', () => {
    expect(gridOf([]).cast(0, 1, 0, 0, -1, 0, 5)).toBeNull();
  });
});
