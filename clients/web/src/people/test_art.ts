// test_art: the people as they are served, for tests: read from disk.

import { readFile } from 'node:fs/promises';
import { type PeopleArt, parsePeopleArt } from './people_art.ts';

async function bytes(name: string): Promise<ArrayBuffer> {
  const file = await readFile(new URL(`../../../../art/made/${name}`, import.meta.url));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
}

let loading: Promise<PeopleArt> | null = null;

export function artFromDisk(): Promise<PeopleArt> {
  loading ??= Promise.all([bytes('people.glb'), bytes('motions.glb')]).then(([people, motions]) =>
    parsePeopleArt(people, motions),
  );
  return loading;
}
