import { expect, it } from 'vitest';
import { nearDoll } from './doll/near_doll.ts';
import { isWorn, WornDolls } from './worn_dolls.ts';

const doll = nearDoll();
const LOOKS = [0, 0x0f00f00f, 0xffffffff, 0x07003006];

/** Corners of the triangles of a place that have an extent. */
function shown(dolls: WornDolls, place: number, places: number): number[] {
  const index = dolls.geometry.getIndex();
  if (!index) return [];
  const span = index.count / places;
  const all = [...index.array].slice(place * span, (place + 1) * span);
  const corners: number[] = [];
  for (let i = 0; i < all.length; i += 3) {
    const [a = 0, b = 0, c = 0] = all.slice(i, i + 3);
    if (a !== b && b !== c) corners.push(a, b, c);
  }
  return corners;
}

it('holds what a look wears and nothing else, within its own place', () => {
  const dolls = new WornDolls(doll, 4);
  const position = dolls.geometry.getAttribute('position');
  LOOKS.forEach((look, place) => {
    dolls.dress(place, look);
  });
  LOOKS.forEach((look, place) => {
    const worn = doll.parts.filter((part) => isWorn(part, look));
    const wanted = worn.flatMap((part) =>
      [...doll.index.slice(part.firstIndex, part.firstIndex + part.indices)].map(
        (corner) => doll.position[corner * 3],
      ),
    );
    const corners = shown(dolls, place, 4);
    expect(corners.map((corner) => position.getX(corner))).toEqual(wanted);
    for (const corner of corners) expect(Math.floor(corner / dolls.vertices)).toBe(place);
  });
});

it('shows nothing of who changed clothes or went', () => {
  const dolls = new WornDolls(doll, 2);
  dolls.dress(1, 0x0f00f00f);
  dolls.dress(1, 0);
  const bare = new WornDolls(doll, 2);
  bare.dress(1, 0);
  expect(shown(dolls, 1, 2)).toEqual(shown(bare, 1, 2));
  dolls.clear(1);
  expect(shown(dolls, 1, 2)).toEqual([]);
});
