// impostors: the atlas of small pictures of people, loaded behind everything else: nobody who is near
// enough to walk up to needs it.

import { NearestFilter, NoColorSpace, Texture } from 'three';

export interface Impostors {
  readonly texture: Texture;
  /** Columns, rows, frames, directions. */
  readonly grid: readonly [number, number, number, number];
  /** A cell's share of the atlas, wide and high. */
  readonly cells: readonly [number, number, number, number];
  /** Metres: wide, high, and how far its foot is below the ground. */
  readonly size: readonly [number, number, number, number];
}

let loading: Promise<Impostors> | null = null;

export function loadImpostors(): Promise<Impostors> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Impostors> {
  const [about, picture] = await Promise.all([
    fetch('/art/impostors.json').then((answer) => answer.json()),
    fetch('/art/impostors.webp').then((answer) => answer.blob()),
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
}

interface Layout {
  readonly cell: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
  readonly metres: readonly [number, number];
  readonly foot: number;
  readonly directions: number;
  readonly frames: readonly string[];
}

const FRAMES = 'stand,stepA,stepB';

/** From impostors.json. */
export function layoutOf(about: Layout): Omit<Impostors, 'texture'> {
  const { columns, rows, metres, foot, directions, frames } = about;
  if (frames.join() !== FRAMES || columns !== directions * frames.length || rows !== 16) {
    throw new Error('impostors.json describes another atlas.');
  }
  return {
    grid: [columns, rows, frames.length, directions],
    cells: [1 / columns, 1 / rows, 0, 0],
    size: [metres[0], metres[1], foot, 0],
  };
}
