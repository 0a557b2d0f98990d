// motions_file: reads motions.glb: its clips, and for each whether it repeats, how far a cycle goes and
// how softly it comes in.

import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';
import { BONE, BONE_NAMES } from './bones.ts';
import { CLIP_NAMES, type Clip, type ClipName, type Clips, packClip, type Track } from './clips.ts';
import { accessor, breath, documentOf, numbers } from './people_file.ts';

interface Animation {
  readonly name?: string;
  readonly extras?: {
    readonly loop?: boolean;
    readonly stride?: number;
    readonly fade?: number;
    /** Degrees to the left that a cycle turns. */
    readonly turn?: number;
  };
  readonly channels: readonly {
    readonly sampler: number;
    readonly target: { readonly node?: number; readonly path: string };
  }[];
  readonly samplers: readonly {
    readonly input: number;
    readonly output: number;
    readonly interpolation?: string;
  }[];
}

const FADE_USUAL = 0.22;
const HIPS_USUAL: readonly [number, number, number] = [0, 0.515, 0];

export async function readClips(file: GLTF): Promise<Clips> {
  const animations = (file.parser.json as { animations?: Animation[] }).animations ?? [];
  const clips: Partial<Record<ClipName, Clip>> = {};
  for (const name of CLIP_NAMES) {
    const animation = animations.find((one) => one.name === name);
    if (!animation) throw new Error(`motions.glb has no clip "${name}".`);
    const { loop = false, stride = 0, fade = FADE_USUAL, turn = 0 } = animation.extras ?? {};
    const tracks = await readTracks(file, animation);
    const radians = (turn * Math.PI) / 180;
    clips[name] = packClip({ name, loop, stride, fade, turn: radians, tracks, hips: HIPS_USUAL });
    await breath();
  }
  for (const name of ['walk', 'run'] as const) {
    if (!((clips[name]?.stride ?? 0) > 0)) throw new Error(`motions.glb: "${name}" has no stride.`);
  }
  return clips as Clips;
}

const PATHS = ['rotation', 'translation', 'scale'] as const;

async function readTracks(file: GLTF, animation: Animation): Promise<Track[]> {
  const { nodes } = documentOf(file);
  const tracks = animation.channels.map(async ({ sampler, target }): Promise<Track | null> => {
    const name = nodes?.[target.node ?? -1]?.name;
    const bone = (BONE_NAMES as readonly (string | undefined)[]).indexOf(name);
    const path = PATHS.find((one) => one === target.path);
    const from = animation.samplers[sampler];
    if (bone < 0 || !path || !from) return null;
    if (from.interpolation === 'CUBICSPLINE') {
      throw new Error(`motions.glb: "${animation.name}" has curves; only straight keys are read.`);
    }
    const [times, values] = await Promise.all([
      accessor(file, from.input),
      accessor(file, from.output),
    ]);
    const size = path === 'rotation' ? 4 : 3;
    return { bone, path, times: numbers(times, 1), values: numbers(values, size) };
  });
  const all = (await Promise.all(tracks)).filter((track) => track !== null);
  // Other bones only turn: where they are against their parents is the figure's.
  return all.filter((track) => track.path !== 'translation' || track.bone === BONE.hips);
}
