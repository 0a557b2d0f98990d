// impostors: the atlas of small pictures of people, loaded behind everything else: nobody who is near
// enough to walk up to needs it.

import { NearestFilter, NoColorSpace, Texture } from 'three';
import { artUrl } from '../app/art_url.ts';
import { loadOnce } from '../app/load_once.ts';

export interface Impostors {
  readonly texture: Texture;
  /** A body's cell and a head's, wide and high, in texels. */
  readonly cells: readonly [number, number, number, number];
  /** Metres: a texel, below a body's foot, above a head's joint. */
  readonly metres: readonly [number, number, number];
  /** How high the head's joint is, by figure: standing and in both steps. */
  readonly necks: readonly (readonly [number, number, number])[];
}

export const loadImpostors = loadOnce(async (): Promise<Impostors> => {
  const [about, picture] = await Promise.all([
    fetch(artUrl('/art/impostors.json')).then((answer) => answer.json()),
    fetch(artUrl('/art/impostors.webp')).then((answer) => answer.blob()),
  ]);
  const bitmap = await createImageBitmap(picture, {
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  });
  const texture = new Texture(bitmap);
  texture.flipY = false;
  texture.colorSpace = NoColorSpace;
  texture.minFilter = texture.magFilter = NearestFilter;
  texture.generateMipmaps = false;
  texture.needsUpdate = true;
  return { texture, ...layoutOf(about) };
});

interface Layout {
  readonly body: readonly [number, number];
  readonly head: readonly [number, number];
  readonly pixel: number;
  readonly foot: number;
  readonly head_top: number;
  readonly directions: number;
  readonly frames: readonly string[];
  readonly necks: readonly (readonly [number, number, number])[];
}

/** What the shader counts on. */
export const DIRECTIONS = 8;
const FRAMES = 'stand,stepA,stepB';

/** From impostors.json. */
function layoutOf(about: Layout): Omit<Impostors, 'texture'> {
  const { body, head, pixel, foot, head_top, directions, frames, necks } = about;
  if (frames?.join() !== FRAMES || directions !== DIRECTIONS || necks?.length !== 16) {
    throw new Error('impostors.json describes another atlas.');
  }
  return { cells: [...body, ...head], metres: [pixel, foot, head_top], necks };
}
