// model_files: the glTF files that a document names, fetched together, each once, and read.

import { type Group, LoadingManager } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { artUrl } from '../app/art_url.ts';
import { turn } from './slices.ts';

/** Each piece of a file in a turn of its own: workers, which it offers too, the page's policy forbids. */
const decoder: typeof MeshoptDecoder = {
  ...MeshoptDecoder,
  decodeGltfBufferAsync: async (count, size, source, mode, filter) => {
    await Promise.all([MeshoptDecoder.ready, turn()]);
    const target = new Uint8Array(count * size);
    MeshoptDecoder.decodeGltfBuffer(target, count, size, source, mode, filter);
    return target;
  },
};

export async function readModelFile(bytes: ArrayBuffer, url: string): Promise<Group> {
  const loader = new GLTFLoader(new LoadingManager());
  loader.setMeshoptDecoder(decoder);
  const folder = url.slice(0, url.lastIndexOf('/') + 1);
  return (await loader.parseAsync(bytes, folder)).scene;
}

async function fetchModelFile(url: string): Promise<Group> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return readModelFile(await response.arrayBuffer(), url);
}

/** The scenes of those files that could be had, by URL. The others are told of once each, on the console. */
export async function fetchModelFiles(urls: readonly string[]): Promise<Map<string, Group>> {
  const scenes = new Map<string, Group>();
  await Promise.all(
    urls.map(async (url) => {
      try {
        scenes.set(url, await fetchModelFile(artUrl(url)));
      } catch (error) {
        // biome-ignore lint/suspicious/noConsole: the world stands without it, and its operator should know.
        console.warn(`The models in ${url} are missing: ${(error as Error).message}`);
      }
    }),
  );
  return scenes;
}
