import { describe, expect, it } from 'vitest';
import { FrameMeter } from './frame_meter.ts';
import { Pace, QUALITY } from './quality.ts';

describe('pace', () => {
  it('lowers the pixel ratio after a slow while, never below the plan, and raises it again', () => {
    const pace = new Pace(QUALITY.high, 2);
    expect(pace.pixelRatio).toBe(2);
    for (let i = 0; i < 60; i++) pace.frame(0.04);
    expect(pace.pixelRatio).toBeLessThan(2);
    for (let i = 0; i < 2000; i++) pace.frame(0.04);
    expect(pace.pixelRatio).toBe(1);
    for (let i = 0; i < 9000; i++) pace.frame(0.01);
    expect(pace.pixelRatio).toBe(2);
  });

  it('does not exceed what the screen has', () => {
    expect(new Pace(QUALITY.high, 1).pixelRatio).toBe(1);
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
