// surface: a material of the document with its defaults filled in.

import type { WorldMaterial } from '@flux/sdk';
import { Color } from 'three';

/** Which shader draws it: everything of one kind becomes one mesh. */
export type SurfaceKind = 'solid' | 'gloss' | 'foliage' | 'clear' | 'water';

export interface Surface {
  readonly kind: SurfaceKind;
  readonly color: Color;
  /** The colour at the top, when it differs. */
  readonly colorTop: Color | undefined;
  /** Light of its own, intensity included; undefined for none. */
  readonly glow: Color | undefined;
  readonly opacity: number;
}

const DEFAULT: WorldMaterial = { color: '#f3e2c7' };

function kindOf(material: WorldMaterial): SurfaceKind {
  if (material.effect === 'water') return 'water';
  if (material.effect === 'foliage') return 'foliage';
  if ((material.opacity ?? 1) < 1) return 'clear';
  return (material.metalness ?? 0) > 0.3 || (material.roughness ?? 0.8) < 0.45 ? 'gloss' : 'solid';
}

export function surfaceOf(material: WorldMaterial = DEFAULT): Surface {
  const glow = new Color(material.emissive ?? '#000000').multiplyScalar(
    material.emissiveIntensity ?? 1,
  );
  return {
    kind: kindOf(material),
    color: new Color(material.color),
    colorTop: material.colorTop ? new Color(material.colorTop) : undefined,
    glow: glow.r + glow.g + glow.b > 0 ? glow : undefined,
    opacity: material.opacity ?? 1,
  };
}
