import { expect, test } from 'vitest';
import { nameTint, TINTS } from './name_tint.ts';

const names = Array.from({ length: 400 }, (_, number) => `Guest ${number}`);

test('a name keeps its tint, and names share the tints out', () => {
  const tints = names.map(nameTint);
  expect(names.map(nameTint)).toEqual(tints);
  for (let tint = 0; tint < TINTS; tint += 1) {
    expect(tints.filter((other) => other === tint).length).toBeGreaterThan(20);
  }
});

test('every name has one, also the empty one and one of emoji', () => {
  for (const name of ['', '지우', '🦊']) expect(nameTint(name)).toBeLessThan(TINTS);
});
