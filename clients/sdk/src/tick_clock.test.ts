import { expect, test } from 'vitest';
import { TickClock } from './tick_clock.ts';

/** Frames every 50 ms, each late by what `lateMs` says. Returns the clock after `count` of them. */
const observed = (count: number, lateMs: (index: number) => number): TickClock => {
  const clock = new TickClock(50);
  clock.reset(1000, 50, 0);
  for (let index = 1; index <= count; index += 1)
    clock.observe(1000 + index, index * 50 + lateMs(index));
  return clock;
};

test('follows frames that come on time exactly', () => {
  const clock = observed(100, () => 0);
  expect(clock.at(100 * 50)).toBeCloseTo(1100, 6);
  expect(clock.at(100 * 50 + 25)).toBeCloseTo(1100.5, 6);
  expect(clock.jitterMs).toBe(0);
});

test('settles behind a constant delay without calling it jitter', () => {
  const clock = observed(400, () => 100);
  expect(clock.at(400 * 50 + 100)).toBeCloseTo(1400, 1);
  expect(clock.jitterMs).toBeLessThan(5);
});

test('never goes back and never leaps while frames jitter', () => {
  const clock = new TickClock(50);
  clock.reset(0, 50, 0);
  let previous = 0;
  for (let ms = 1; ms <= 20_000; ms += 1) {
    if (ms % 50 === 0) clock.observe(ms / 50 - (ms % 3 === 0 ? 2 : 0), ms);
    const now = clock.at(ms);
    expect(now).toBeGreaterThanOrEqual(previous);
    expect(now - previous).toBeLessThan(0.022);
    previous = now;
  }
  expect(clock.jitterMs).toBeGreaterThan(20);
});

test('a burst held up for a second bends it little, and is forgotten', () => {
  // TCP keeps the order: all that was held up comes at once.
  const held = (index: number) => (index >= 150 && index < 168 ? (168 - index) * 50 : 0);
  expect(Math.abs(observed(175, held).at(175 * 50) - 1175)).toBeLessThan(1.5);
  expect(Math.abs(observed(600, held).at(600 * 50) - 1600)).toBeLessThan(0.1);
});

test('starts again after a leap of the server', () => {
  const clock = observed(10, () => 0);
  clock.observe(500_000, 600);
  expect(clock.at(600)).toBe(500_000);
});

test('goes over the wrap of the tick number', () => {
  const clock = new TickClock(50);
  clock.reset(0xffffffff, 50, 0);
  clock.observe(0, 50);
  clock.observe(1, 100);
  expect(clock.at(100) - 0xffffffff).toBeCloseTo(2, 3);
});
