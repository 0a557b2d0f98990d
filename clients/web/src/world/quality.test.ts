import { describe, expect, it } from 'vitest';
import { FrameMeter } from './frame_meter.ts';
import { Pace, planFor } from './quality.ts';

const DESK = { isTouch: false, cores: 8 };
const high = planFor('high', DESK);

describe('pace', () => {
  it('lowers the pixel ratio after a slow while, never below the plan, and raises it again', () => {
    const pace = new Pace(high, 2);
    expect(pace.pixelRatio).toBe(2);
    for (let i = 0; i < 60; i++) pace.frame(0.04);
    expect(pace.pixelRatio).toBeLessThan(2);
    for (let i = 0; i < 2000; i++) pace.frame(0.04);
    expect(pace.pixelRatio).toBe(1);
    for (let i = 0; i < 9000; i++) pace.frame(0.01);
    expect(pace.pixelRatio).toBe(2);
  });

  it('also spares people when it may, after pixels, and brings them back before', () => {
    const pace = new Pace(high, 1, true);
    for (let i = 0; i < 60; i++) pace.frame(0.04);
    expect(pace.share).toBeLessThan(1);
    for (let i = 0; i < 2000; i++) pace.frame(0.04);
    expect(pace.share).toBe(0.25);
    for (let i = 0; i < 9000; i++) pace.frame(0.01);
    expect(pace.share).toBe(1);
  });

  it('spares nobody when the quality was chosen', () => {
    const pace = new Pace(high, 1);
    for (let i = 0; i < 2000; i++) pace.frame(0.04);
    expect(pace.share).toBe(1);
  });

  it('starts light on a phone, and beautiful on a desk', () => {
    expect(planFor('auto', { isTouch: true, cores: 8 }).detail).toBe('light');
    expect(planFor('auto', DESK)).toBe(high);
  });

  it('does not exceed what the screen has', () => {
    expect(new Pace(high, 1).pixelRatio).toBe(1);
  });
});

describe('frame_meter', () => {
  it('tells frames a second and the median cost', () => {
    const meter = new FrameMeter();
    for (let i = 0; i <= 130; i++) meter.frame(i % 10 === 0 ? 50 : 2, 1000 + i * 20);
    expect(meter.frameMs).toBe(2);
    expect(meter.fps).toBeCloseTo(50, 0);
  });
});
