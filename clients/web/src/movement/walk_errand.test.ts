import { describe, expect, it } from 'vitest';
import { box, gridOf } from './test_ground.ts';
import { WalkErrand } from './walk_errand.ts';
import { WalkingBody } from './walking_body.ts';

const BOUNDS = { least: [-50, -2, -50], most: [50, 40, 50] } as const;

function run(errand: WalkErrand, body: WalkingBody, seconds: number): void {
  for (let i = 0; i < seconds * 60; i++) {
    const moved = Math.hypot(body.velocityX, body.velocityZ);
    const wish = errand.next(body.x, body.z, moved, 3, 1 / 60);
    if (!wish) return;
    body.step(wish, 1 / 60);
  }
}

describe('walk_errand', () => {
  it('arrives', async () => {
    const errand = new WalkErrand(6, -8);
    const body = new WalkingBody(gridOf([]), BOUNDS);
    run(errand, body, 10);
    await expect(errand.finished).resolves.toBeUndefined();
    expect(Math.hypot(body.x - 6, body.z + 8)).toBeLessThan(0.5);
  });

  it('goes round a box in the way', async () => {
    const errand = new WalkErrand(0, -10);
    const body = new WalkingBody(gridOf(box([0.3, 0, -5], [3, 2, 1])), BOUNDS);
    run(errand, body, 30);
    await expect(errand.finished).resolves.toBeUndefined();
  });

  it('gives up where there is no way', async () => {
    const room = [
      ...box([0, 0, -3], [8, 3, 0.4]),
      ...box([0, 0, 3], [8, 3, 0.4]),
      ...box([3, 0, 0], [0.4, 3, 8]),
      ...box([-3, 0, 0], [0.4, 3, 8]),
    ];
    const errand = new WalkErrand(0, -20);
    const rejected = expect(errand.finished).rejects.toThrow('no way');
    run(errand, new WalkingBody(gridOf(room), BOUNDS), 60);
    await rejected;
  });

  it('says so when it is interrupted', async () => {
    const errand = new WalkErrand(5, 5);
    const rejected = expect(errand.finished).rejects.toThrow('interrupted');
    errand.interrupt();
    await rejected;
  });
});
