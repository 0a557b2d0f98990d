// test_models: the models of a document as they are served, for tests: read from disk.

import { readFile } from 'node:fs/promises';
import type { Group } from 'three';
import { readModelFile } from './model_files.ts';
import { atOnce } from './slices.ts';
import type { Unfolded } from './unfold.ts';
import { modelWishes, placeModels, type WorldModels } from './world_models.ts';

const scenes = new Map<string, Promise<Group>>();

async function read(file: string): Promise<Group> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const bytes = await readFile(new URL(`../../../../art/made/${name}`, import.meta.url));
  const { buffer, byteOffset, byteLength } = bytes;
  return readModelFile(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer, file);
}

export function sceneFromDisk(file: string): Promise<Group> {
  const known = scenes.get(file) ?? read(file);
  scenes.set(file, known);
  return known;
}

/** Fails when a file is not there. */
export async function modelsFromDisk(world: Unfolded): Promise<WorldModels> {
  const wishes = modelWishes(world).first;
  const files = [...new Set(wishes.map(({ file }) => file))];
  const found = await Promise.all(
    files.map(async (file) => [file, await sceneFromDisk(file)] as const),
  );
  return atOnce(placeModels(wishes, new Map(found)));
}
