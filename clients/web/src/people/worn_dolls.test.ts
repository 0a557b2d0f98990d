import { expect, it } from 'vitest';
import { mostWorn, wornParts } from './body_parts.ts';
import { artFromDisk } from './test_art.ts';
import { WornDolls } from './worn_dolls.ts';

const art = await artFromDisk();
const body = art.lods.quarter;
const LOOKS = [0, 0x0f00f00f, 0xffffffff, 0x07003006];

/** Corners of the triangles that are drawn of a place. */
function shown(dolls: WornDolls, place: number): number[] {
  dolls.show();
  const { start, count } = dolls.geometry.drawRange;
  const index = [...(dolls.geometry.getIndex()?.array ?? [])].slice(start, start + count);
  return index.filter((corner) => Math.floor(corner / dolls.vertices) === place);
}

it('holds what a look wears and nothing else, within its own place', () => {
  const dolls = new WornDolls(body, 4);
  const position = dolls.geometry.getAttribute('position');
  LOOKS.forEach((look, place) => {
    dolls.dress(place, look);
  });
  LOOKS.forEach((look, place) => {
    const wanted = wornParts(body, look).flatMap((part) =>
      [...body.index.slice(part.firstIndex, part.firstIndex + part.indices)].map(
        (corner) => body.position[(part.firstVertex + corner) * 3],
      ),
    );
    const corners = shown(dolls, place);
    expect(corners.map((corner) => position.getX(corner))).toEqual(wanted);
    expect(dolls.trianglesOf(place)).toBe(wanted.length / 3);
  });
  const all = LOOKS.reduce((sum, _, place) => sum + dolls.trianglesOf(place), 0);
  expect(dolls.geometry.drawRange.count).toBe(all * 3);
});

it('shows nothing of who changed clothes or went', () => {
  const dolls = new WornDolls(body, 2);
  dolls.dress(1, 0x0f00f00f);
  dolls.dress(1, 0);
  const bare = new WornDolls(body, 2);
  bare.dress(1, 0);
  expect(shown(dolls, 1)).toEqual(shown(bare, 1));
  dolls.clear(1);
  expect(shown(dolls, 1)).toEqual([]);
});

it('has room for whatever a look may wear', () => {
  for (const parts of Object.values(art.lods)) {
    const room = mostWorn(parts, (part) => part.vertices);
    for (let look = 0; look < 16; look++) {
      const code = look * 0x01001001;
      const worn = wornParts(parts, code).reduce((sum, part) => sum + part.vertices, 0);
      expect(worn).toBeLessThanOrEqual(room);
      expect(worn).toBeGreaterThan(0);
    }
  }
});
