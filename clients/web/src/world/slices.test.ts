import { describe, expect, it } from 'vitest';
import { atOnce, inSlices } from './slices.ts';

const STEP_MS = 3;

function* busy(steps: number): Generator<void, number> {
  for (let i = 0; i < steps; i++) {
    const end = performance.now() + STEP_MS;
    while (performance.now() < end);
    yield;
  }
  return steps;
}

/** How often other tasks come to run meanwhile. */
async function tasksDuring(work: Promise<unknown>): Promise<number> {
  let [count, isOver] = [0, false];
  const settled = work.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((done) => setImmediate(done));
    count++;
  }
  await settled;
  return count;
}

describe('slices', () => {
  it('lets others run between slices, and gives what the work gives', async () => {
    const work = inSlices(busy(20));
    expect(await tasksDuring(work)).toBeGreaterThanOrEqual(5);
    expect(await work).toBe(20);
  });

  it('shares one slice among all who work at a time', async () => {
    const starts: number[] = [];
    function* watched(): Generator<void> {
      for (const _ of busy(6)) {
        starts.push(performance.now());
        yield;
      }
    }
    const count = await tasksDuring(Promise.all([inSlices(watched()), inSlices(watched())]));
    expect(starts).toHaveLength(12);
    expect(count).toBeGreaterThanOrEqual(3);
  });

  it('does it all at once for who asks so', () => {
    expect(atOnce(busy(3))).toBe(3);
  });
});
