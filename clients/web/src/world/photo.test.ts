import { expect, it } from 'vitest';
import { photoRatio } from './photo.ts';

it('photos are at most 1920 wide or high, and no more than three times the screen', () => {
  expect(960 * photoRatio(960, 540)).toBe(1920);
  expect(2560 * photoRatio(2560, 1440)).toBe(1920);
  expect(844 * photoRatio(390, 844)).toBe(1920);
  expect(photoRatio(200, 100)).toBe(3);
});
