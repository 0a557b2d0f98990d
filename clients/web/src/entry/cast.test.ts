import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LANGUAGES, loadCatalogue } from '../language/catalogue.ts';
import { LOOK_FIELDS } from '../people/look.ts';
import { CAST } from './cast.ts';

interface PeopleExtras {
  readonly cast: readonly { readonly name: string; readonly look: number }[];
  readonly heads: readonly string[];
  readonly accessories: readonly string[];
  readonly figures: readonly unknown[];
}

// A binary glTF: 12 bytes of header, then the JSON's size, its kind, and the JSON.
const readExtras = (): PeopleExtras => {
  const path = new URL('../../../../art/made/people.glb', import.meta.url);
  const bytes = readFileSync(path);
  const json = bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString('utf8');
  return (JSON.parse(json) as { readonly asset: { readonly extras: PeopleExtras } }).asset.extras;
};

test('the cast at the door is the one that was dressed', () => {
  const { cast } = readExtras();
  const atDoor = CAST.map(({ name, look }) => ({ name: name.en, look }));
  expect(atDoor).toEqual(cast.slice(0, CAST.length).map(({ name, look }) => ({ name, look })));
});

test('every shape that can be worn has a name in every language', async () => {
  const { figures, heads, accessories } = readExtras();
  for (const language of LANGUAGES) {
    const { lookNames } = await loadCatalogue(language);
    expect(lookNames.figure).toHaveLength(figures.length);
    expect(lookNames.head).toHaveLength(heads.length);
    expect(lookNames.accessory).toHaveLength(accessories.length);
  }
  const shapes = LOOK_FIELDS.filter(({ swatches }) => !swatches);
  expect(shapes.map(({ choices }) => choices)).toEqual([
    figures.length,
    heads.length,
    accessories.length,
  ]);
});
