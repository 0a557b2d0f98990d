import { expect, test } from 'vitest';
import { backoffPolicy } from './reconnect_policy.ts';

test('waits a quarter of a second, then doubles up to eight seconds', () => {
  const policy = backoffPolicy(() => 0);
  const delays = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => policy.delayMs(attempt));
  expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test('adds at most half of each delay at random', () => {
  const policy = backoffPolicy(() => 0.999999);
  expect(policy.delayMs(1)).toBeCloseTo(375, 2);
  expect(policy.delayMs(9)).toBeCloseTo(12000, 1);
});

test('stays finite however long the outage lasts', () => {
  expect(backoffPolicy(() => 0).delayMs(100_000)).toBe(8000);
});
