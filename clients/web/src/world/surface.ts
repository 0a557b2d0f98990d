// surface: which shader draws what, and a material of the document with its defaults filled in.

import type { WorldMaterial } from '@flux/sdk';
import { Color } from 'three';
import type { GroundKind } from './world_features.ts';

/** Everything of one kind goes into one batch. The names are those of the models' materials. */
export const SURFACE_KINDS = [
  'solid',
  'gloss',
  'foliage',
  'cloth',
  'water',
  'glow',
  'clear',
] as const;

export type SurfaceKind = (typeof SURFACE_KINDS)[number];

export const isSurfaceKind = (name: string): name is SurfaceKind =>
  (SURFACE_KINDS as readonly string[]).includes(name);

/** Colours of glow are stored divided by this: they may be lighter than white. */
export const GLOW_MOST = 8;
/** What one sees through has this much of its own colour, unless it says otherwise. */
export const CLEAR_ALPHA = 0.35;

export interface Surface {
  readonly kind: SurfaceKind;
  readonly color: Color;
  /** The colour at the top, when it differs. */
  readonly colorTop: Color | undefined;
  readonly opacity: number;
  /** How it sounds underfoot. */
  readonly ground: GroundKind;
}

const DEFAULT: WorldMaterial = { color: '#f3e2c7' };

function kindOf(material: WorldMaterial, glows: boolean): SurfaceKind {
  if (material.effect === 'water') return 'water';
  if (material.effect === 'foliage') return 'foliage';
  if (glows) return 'glow';
  if ((material.opacity ?? 1) < 1) return 'clear';
  return (material.metalness ?? 0) > 0.3 || (material.roughness ?? 0.8) < 0.45 ? 'gloss' : 'solid';
}

/** Documents name their materials freely; these words tell what they are made of. */
const GROUND_WORDS: readonly (readonly [RegExp, GroundKind])[] = [
  [/wood|bark|plank|timber|deck/i, 'wood'],
  [/grass|lawn|meadow|leaf|hill|moss/i, 'grass'],
  [/soil|earth|dirt|mud|sand(?!stone)|gravel/i, 'earth'],
  [/metal|gold|iron|steel|copper/i, 'metal'],
  [/cloth|carpet|rug|awning|fabric|cushion/i, 'cloth'],
];

function groundOf(material: WorldMaterial, name: string): GroundKind {
  if (material.effect === 'water') return 'water';
  if (material.effect === 'foliage') return 'grass';
  return GROUND_WORDS.find(([words]) => words.test(name))?.[1] ?? 'stone';
}

/** `name` is the material's own in the document; '' for one without. */
export function surfaceOf(material: WorldMaterial = DEFAULT, name = ''): Surface {
  const light = new Color(material.emissive ?? '#000000').multiplyScalar(
    material.emissiveIntensity ?? 1,
  );
  const glows = light.r + light.g + light.b > 0;
  const kind = kindOf(material, glows);
  const color = new Color(material.color);
  // What glows is not lit: its colour is what light it gives and about half of what it would reflect.
  const shown = kind === 'glow' ? color.multiplyScalar(0.5).add(light) : color;
  return {
    kind,
    color: shown,
    colorTop: material.colorTop && kind !== 'glow' ? new Color(material.colorTop) : undefined,
    opacity: material.opacity ?? 1,
    ground: groundOf(material, name),
  };
}
