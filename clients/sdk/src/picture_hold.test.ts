import { expect, test } from 'vitest';
import { holdForJitter } from './picture_hold.ts';

test('a quiet network has the shortest hold', () => {
  expect(holdForJitter(0)).toEqual([2.5, 6, 24]);
});

test('a bad network waits longer, within bounds', () => {
  expect(holdForJitter(1)[0]).toBe(5);
  expect(holdForJitter(50)).toEqual([8, 11.5, 29.5]);
});

test('small changes of jitter change nothing', () => {
  expect(holdForJitter(0.51)).toEqual(holdForJitter(0.6));
});
