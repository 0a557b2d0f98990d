import { expect, test } from 'vitest';
import { stickPoint } from './stick_point.ts';

test('a resting thumb does not walk', () => {
  expect(stickPoint(0.05, -0.1)).toEqual({ x: 0, y: 0, run: false });
});

test('half a push walks as far as it is pushed', () => {
  expect(stickPoint(0.5, 0)).toEqual({ x: 0.5, y: 0, run: false });
});

test('beyond the edge it runs, and is never longer than one', () => {
  const { x, y, run } = stickPoint(3, 4);
  expect([x, y]).toEqual([0.6, 0.8]);
  expect(run).toBe(true);
});
