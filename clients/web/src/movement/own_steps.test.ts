import { describe, expect, it } from 'vitest';
import { OwnSteps } from './own_steps.ts';

const FRAME = 1 / 60;

function standing(): OwnSteps {
  const steps = new OwnSteps();
  steps.follow(0, 0, 0, true, FRAME);
  return steps;
}

describe('own_steps', () => {
  it('draws a step up as a rise, and is on it soon', () => {
    const steps = standing();
    let before = 0;
    for (let i = 0; i < 20; i++) {
      steps.follow(0, 0.3, 0, true, FRAME);
      expect(steps.y - before).toBeLessThan(0.08);
      before = steps.y;
    }
    expect(steps.y).toBeGreaterThan(0.29);
  });

  it('shows jumps and slopes as they are', () => {
    const steps = standing();
    steps.follow(0, 0.3, 0, false, FRAME);
    expect(steps.y).toBeCloseTo(0.3);
    steps.follow(0.1, 0.35, 0, true, FRAME);
    expect(steps.y).toBeCloseTo(0.35);
  });

  it('eases after a small correction and is at once where a large one puts it', () => {
    const steps = standing();
    steps.corrected(0, 0, 0, 1, 0, 0);
    steps.follow(1, 0, 0, true, FRAME);
    expect(steps.x).toBeLessThan(0.3);
    for (let i = 0; i < 60; i++) steps.follow(1, 0, 0, true, FRAME);
    expect(steps.x).toBeCloseTo(1, 2);
    steps.corrected(1, 0, 0, 30, 0, 0);
    steps.follow(30, 0, 0, true, FRAME);
    expect(steps.x).toBe(30);
  });
});
