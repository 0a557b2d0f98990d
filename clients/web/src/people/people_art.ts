// people_art: loads what people are made of and how they move: /art/people.glb and /art/motions.glb, as
// `make art` writes them. The files say by themselves which parts, figures and clips there are; what
// does not fit is refused by name.

import { POSE } from '@flux/sdk';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { artUrl } from '../app/art_url.ts';
import { loadOnce } from '../app/load_once.ts';
import type { BodyParts, Lod } from './body_parts.ts';
import type { RestJoints } from './bones.ts';
import type { Clips } from './clips.ts';
import {
  type Figure,
  type FigureShape,
  figureShape,
  headJointHeight,
  restingLower,
} from './figure.ts';
import type { Gait } from './gait.ts';
import { readClips } from './motions_file.ts';
import { readBodies, readRest } from './people_file.ts';

export interface CastMember {
  readonly name: string;
  readonly look: number;
}

export interface PeopleArt {
  readonly rest: RestJoints;
  readonly lods: Readonly<Record<Lod, BodyParts>>;
  /** Sixteen each. */
  readonly figures: readonly FigureShape[];
  readonly heads: readonly string[];
  readonly accessories: readonly string[];
  /** People made by hand, for pictures and first guesses. */
  readonly cast: readonly CastMember[];
  /** From the ground to the top of what each head wears, above the head's joint, of the middle figure. */
  readonly headTops: readonly number[];
  readonly clips: Clips;
  readonly gait: Gait;
}

const PEOPLE = artUrl('/art/people.glb');
const MOTIONS = artUrl('/art/motions.glb');

function loader(): GLTFLoader {
  return new GLTFLoader().setMeshoptDecoder(MeshoptDecoder);
}

/** From the bytes of the two files. */
export async function parsePeopleArt(
  people: ArrayBuffer,
  motions: ArrayBuffer,
): Promise<PeopleArt> {
  const [bodies, moves] = await Promise.all([
    loader().parseAsync(people, ''),
    loader().parseAsync(motions, ''),
  ]);
  return assemble(bodies, moves);
}

async function assemble(people: GLTF, motions: GLTF): Promise<PeopleArt> {
  const rest = await readRest(people);
  const { lods, figures, ...named } = await readBodies(people, rest);
  const clips = await readClips(motions);
  const { walk, run } = clips;
  return {
    ...named,
    rest,
    lods,
    figures: figures.map((figure: Figure) => figureShape(figure, rest)),
    clips,
    gait: {
      walkStride: walk.stride,
      walkSpeed: walk.stride / walk.seconds,
      runStride: run.stride,
      runSpeed: run.stride / run.seconds,
    },
  };
}

let loaded: PeopleArt | null = null;

export const loadPeopleArt = loadOnce(async (): Promise<PeopleArt> => {
  const files = [loader().loadAsync(PEOPLE), loader().loadAsync(MOTIONS)] as const;
  loaded = await assemble(...(await Promise.all(files)));
  return loaded;
});

const HEIGHT_UNKNOWN = 1.6;

/** From the ground to the top of what a figure wears on its head, standing. */
export function heightOf(art: PeopleArt, look: number): number {
  const figure = art.figures[look & 15];
  if (!figure) return HEIGHT_UNKNOWN;
  const top = art.headTops[(look >>> 12) & 15] ?? 0.45;
  return headJointHeight(figure, art.rest) + top * figure.head;
}

/** The same once the art is here, in a pose; before, of a usual person. */
export function figureHeight(look: number, pose: number = POSE.idle): number {
  const standing = loaded ? heightOf(loaded, look) : HEIGHT_UNKNOWN;
  return standing - (pose === POSE.rest ? restingLower(loaded?.figures[look & 15]) : 0);
}
