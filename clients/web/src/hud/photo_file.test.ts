import { expect, test } from 'vitest';
import { photoFile } from './photo_file.ts';

test('a picture is named after its world and moment, without what file systems refuse', () => {
  const picture = new Blob(['x'], { type: 'image/png' });
  const name = (world: string, time: string): string => `${world} ${time}.png`;
  const file = photoFile(picture, name, 'Café: A/B', new Date(2026, 2, 4, 5, 6, 7));
  expect(file.name).toBe('Café  A B 2026-03-04 05.06.07.png');
  expect(file.type).toBe('image/png');
});
