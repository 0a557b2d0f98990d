import type { PictureView } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { Nearest } from './nearest.ts';

/** People on a line along x, a metre apart, moving one metre in z from tick 0 to 10. */
function line(count: number): PictureView {
  const rows = { from: new Float32Array(count * 4), to: new Float32Array(count * 4) };
  const time = new Float32Array(count * 2);
  const id = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    id[i] = 100 + i;
    rows.from.set([i + 1, 0, 0, 0], i * 4);
    rows.to.set([i + 1, 0, 1, 0], i * 4);
    time.set([0, 10], i * 2);
  }
  return { ...rows, time, id, count, capacity: count } as unknown as PictureView;
}

const VIEW = { x: 0, z: 0, lookX: 1, lookZ: 0 };

describe('nearest', () => {
  it('chooses the nearest first, up to the limit', () => {
    const out = new Uint32Array(3);
    const all = () => true;
    const count = new Nearest().choose(line(10), 0, VIEW, 50, all, () => false, out);
    expect(count).toBe(3);
    expect([...out]).toEqual([100, 101, 102]);
  });

  it('leaves out who is beyond the reach or may not be drawn', () => {
    const out = new Uint32Array(8);
    const isDrawn = (row: number) => row !== 0;
    const count = new Nearest().choose(line(10), 0, VIEW, 4.5, isDrawn, () => false, out);
    expect([...out.subarray(0, count)]).toEqual([101, 102, 103]);
  });

  it('keeps who is in at the border, so that nobody flickers', () => {
    const out = new Uint32Array(3);
    const isKept = (id: number) => id === 103;
    const picture = line(10);
    picture.from.set([3.2, 0, 0, 0], 12);
    picture.to.set([3.2, 0, 0, 0], 12);
    new Nearest().choose(picture, 0, VIEW, 50, () => true, isKept, out);
    expect([...out]).toContain(103);
  });
});
