import { lookCode } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { decodeLook, encodeLook, LOOK_FIELDS, randomLook } from './look.ts';

describe('look', () => {
  it('lays the fields out from the lowest bits, as the protocol says', () => {
    expect(encodeLook([1, 2, 3, 4, 5, 6, 7, 8])).toBe(0x87654321);
    expect(decodeLook(lookCode(0x87654321))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('comes back from any code', () => {
    for (const code of [0, 0xffffffff, 0x80000000, 123456789]) {
      expect(encodeLook(decodeLook(lookCode(code)))).toBe(code >>> 0);
    }
  });

  it('wraps what is too large and takes what is missing as the first choice', () => {
    expect(encodeLook([17, -1])).toBe(0xf1);
    expect(encodeLook([])).toBe(0);
  });

  it('has a swatch for every choice of every colour', () => {
    for (const field of LOOK_FIELDS) {
      expect(field.choices).toBeLessThanOrEqual(16);
      if (!field.swatches) continue;
      expect(field.swatches).toHaveLength(field.choices);
      for (const swatch of field.swatches) expect(swatch).toMatch(/^#[0-9a-f]{6}$/);
    }
  });

  it('draws looks by the random numbers it is given', () => {
    expect(randomLook(() => 0.3)).toBe(randomLook(() => 0.3));
    const looks = new Set(Array.from({ length: 50 }, () => randomLook()));
    expect(looks.size).toBeGreaterThan(40);
  });
});
