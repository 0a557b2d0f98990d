import type { PictureView } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { completeLimits, crowdLimits } from './limits.ts';
import { type ChoiceLimits, LEVEL, type Level, LodChooser, newChoice } from './lods.ts';

/** People on a line along x, a metre apart from 1 m on. */
function line(count: number): PictureView {
  const rows = { from: new Float32Array(count * 4), to: new Float32Array(count * 4) };
  const id = new Uint32Array(count);
  const time = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    id[i] = 100 + i;
    rows.from.set([i + 1, 0, 0, 0], i * 4);
    rows.to.set([i + 1, 0, 1, 0], i * 4);
    time.set([0, 10], i * 2);
  }
  return { ...rows, time, id, count, capacity: count } as unknown as PictureView;
}

const VIEW = { x: 0, z: 0, lookX: 1, lookZ: 0 };
const LIMITS: ChoiceLimits = {
  near: 9,
  full: 2,
  half: 3,
  quarter: 4,
  crowd: 5,
  fullReach: 10,
  halfReach: 20,
  nearReach: 30,
  crowdReach: 60,
};
const everybody = () => true;
const nobodyYet = (): Level => LEVEL.picture;

function choose(
  picture: PictureView,
  limits: ChoiceLimits = LIMITS,
  isDrawn: (row: number) => boolean = everybody,
  levelOf: (id: number) => Level = nobodyYet,
) {
  const choice = newChoice(64);
  new LodChooser().choose(picture, 0, VIEW, limits, isDrawn, levelOf, choice);
  const ids = [...choice.ids.subarray(0, choice.count)];
  return { ids, levels: [...choice.levels.subarray(0, choice.count)] };
}

describe('lods', () => {
  it('draws the nearest finest, each level up to its number', () => {
    const { ids, levels } = choose(line(200));
    expect(ids).toEqual(Array.from({ length: 14 }, (_, i) => 100 + i));
    expect(levels).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
  });

  it('draws nobody finer than the reach of a level', () => {
    const { levels } = choose(line(200), { ...LIMITS, fullReach: 1.5, halfReach: 2.5 });
    expect(levels.slice(0, 6)).toEqual([0, 1, 2, 2, 2, 2]);
    expect(choose(line(200), { ...LIMITS, crowdReach: 3.5 }).ids).toEqual([100, 101, 102]);
  });

  it('holds those with bones to their number', () => {
    const { levels } = choose(line(200), { ...LIMITS, near: 3 });
    expect(levels).toEqual([0, 0, 1, 3, 3, 3, 3, 3]);
  });

  it('leaves out who may not be drawn', () => {
    expect(choose(line(20), LIMITS, (row) => row !== 0).ids[0]).toBe(101);
  });

  it('keeps who is in at a border, so that nobody flickers', () => {
    const picture = line(20);
    // The third is a little nearer than the second, who is full already.
    picture.from.set([1.96, 0, 0, 0], 8);
    picture.to.set([1.96, 0, 0, 0], 8);
    const kept = (id: number): Level => (id === 101 ? LEVEL.full : LEVEL.half);
    expect(choose(picture, LIMITS, everybody, kept).ids.slice(0, 2)).toEqual([100, 101]);
    expect(choose(picture).ids.slice(0, 2)).toEqual([100, 102]);
  });
});

describe('limits', () => {
  it('keep to the numbers promised for each quality', () => {
    expect(crowdLimits('high')).toMatchObject({ full: 16, half: 34, quarter: 50 });
    expect(crowdLimits('low')).toMatchObject({ full: 1, half: 0, quarter: 6, crowdReach: 30 });
    expect(crowdLimits('high', 0.5).near).toBe(50);
  });

  it('complete what a wish leaves open', () => {
    const { full, half, quarter, near } = completeLimits({
      near: 60,
      nearReach: 28,
      farReach: 600,
    });
    expect(full + half + quarter).toBe(near);
    expect(full).toBeGreaterThan(2);
  });
});
