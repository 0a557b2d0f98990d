import { describe, expect, it } from 'vitest';
import { farDoll } from './far_doll.ts';
import { SLOT } from './measure.ts';
import { nearDoll } from './near_doll.ts';
import type { PileArrays } from './pile.ts';

/** Triangles that a look with these choices shows. */
function shown(doll: PileArrays, figure: number, head: number, accessory: number): number {
  const choice = { [SLOT.figure]: figure, [SLOT.head]: head, [SLOT.accessory]: accessory };
  let count = 0;
  for (let i = 0; i < doll.index.length; i += 3) {
    const mark = doll.mark[doll.index[i] ?? 0] ?? 0;
    const slot = (mark >>> 16) & 15;
    if (slot === SLOT.always || (mark >>> (choice[slot as 1] ?? 0)) & 1) count++;
  }
  return count;
}

describe('the doll', () => {
  it('has sound geometry', () => {
    for (const doll of [nearDoll(), farDoll()]) {
      const vertices = doll.position.length / 3;
      expect(vertices).toBeLessThan(65536);
      expect(doll.position.every(Number.isFinite)).toBe(true);
      expect(doll.normal.every(Number.isFinite)).toBe(true);
      expect(doll.index.every((index) => index < vertices)).toBe(true);
    }
  });

  it('looks different for every choice', () => {
    const doll = nearDoll();
    const base = shown(doll, 0, 15, 0);
    for (let choice = 0; choice < 16; choice++) {
      expect(shown(doll, choice, 15, 0)).toBeGreaterThan(2500);
      expect(shown(doll, 0, choice, 0)).toBeGreaterThanOrEqual(base);
      if (choice > 0) expect(shown(doll, 0, 15, choice)).toBeGreaterThan(base);
    }
  });

  it('is small from afar', () => {
    const doll = farDoll();
    for (let choice = 0; choice < 16; choice++) {
      expect(shown(doll, choice, choice, choice)).toBeLessThan(300);
      expect(shown(doll, choice, choice, choice)).toBeGreaterThan(200);
    }
  });
});
