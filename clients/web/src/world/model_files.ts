// model_files: the glTF files that a document names, fetched together, each once, and read.

import { type Group, LoadingManager } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { artUrl } from '../app/art_url.ts';
import { turn } from './slices.ts';

/** As it comes: how much of the file is here, and how much it is as a whole once that is known. */
type OnBytes = (loaded: number, total: number) => void;

const GLB_MAGIC = 0x46546c67;

/** A .glb tells its length in its head, whatever packing it came through. */
function lengthIn(head: Uint8Array): number {
  if (head.byteLength < 12) return 0;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return view.getUint32(0, true) === GLB_MAGIC ? view.getUint32(8, true) : 0;
}

async function bytesOf(url: string, onBytes: OnBytes): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`answered ${response.status}`);
  if (!response.body) return response.arrayBuffer();
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  let loaded = 0;
  let total = Number(response.headers.get('content-length') ?? 0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (loaded === 0) total = lengthIn(value) || total;
    pieces.push(value);
    loaded += value.byteLength;
    onBytes(loaded, Math.max(total, loaded));
  }
  onBytes(loaded, loaded);
  const whole = new Uint8Array(loaded);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole.buffer;
}

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

/**
 * The scenes of those files that could be had, by URL. The others are told of once each, on the console.
 * `onProgress` is called once every file has said how long it is.
 */
export async function fetchModelFiles(
  urls: readonly string[],
  onProgress?: (loaded: number, total: number) => void,
): Promise<Map<string, Group>> {
  const progress = new Map(urls.map((url) => [url, { loaded: 0, total: 0 }]));
  const tell = () => {
    const all = [...progress.values()];
    if (all.some(({ total }) => total === 0)) return;
    onProgress?.(
      all.reduce((sum, { loaded }) => sum + loaded, 0),
      all.reduce((sum, { total }) => sum + total, 0),
    );
  };
  const scenes = new Map<string, Group>();
  await Promise.all(
    urls.map(async (url) => {
      try {
        const bytes = await bytesOf(artUrl(url), (loaded, total) => {
          progress.set(url, { loaded, total });
          tell();
        });
        scenes.set(url, await readModelFile(bytes, artUrl(url)));
      } catch (error) {
        progress.delete(url);
        tell();
        // biome-ignore lint/suspicious/noConsole: the world stands without it, and its operator should know.
        console.warn(`The models in ${url} are missing: ${(error as Error).message}`);
      }
    }),
  );
  return scenes;
}
