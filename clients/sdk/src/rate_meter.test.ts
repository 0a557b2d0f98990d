import { expect, test } from 'vitest';
import { RateMeter } from './rate_meter.ts';

test('tells a steady rate', () => {
  const meter = new RateMeter(0);
  for (let ms = 0; ms < 10_000; ms += 50) meter.add(100, ms);
  expect(meter.perSecond(10_000)).toBeCloseTo(2000, -2);
});

test('falls to nothing when nothing comes', () => {
  const meter = new RateMeter(0);
  for (let ms = 0; ms < 3000; ms += 50) meter.add(100, ms);
  expect(meter.perSecond(4500)).toBeGreaterThan(0);
  expect(meter.perSecond(7000)).toBe(0);
  expect(meter.perSecond(900_000)).toBe(0);
});

test('does not exaggerate the first moments', () => {
  const meter = new RateMeter(0);
  meter.add(100, 1);
  expect(meter.perSecond(2)).toBe(200);
});
