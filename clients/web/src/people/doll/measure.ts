// measure: the doll's bones, in metres, standing, facing -z, feet on y = 0. The shader and the shells
// are built from the same numbers.

import type { ProfileRow } from './shell.ts';

export const MEASURE = {
  crotch: 0.45,
  chin: 1.1,
  torso: 0.65,
  head: 0.4,
  headHalfWidth: 0.205,
  headHalfDepth: 0.19,
  shoulderX: 0.137,
  shoulderY: 0.955,
  arm: 0.43,
  elbowY: 0.785,
  hipX: 0.08,
  hipY: 0.48,
  kneeY: 0.245,
  neckY: 1.08,
  eyeY: 1.26,
  eyeX: 0.076,
  mouthY: 1.192,
} as const;

/** Half widths of the usual body, from the crotch (0) to the chin (1). */
export const TORSO_PROFILE: readonly ProfileRow[] = [
  [0, 0.07, 0.06],
  [0.05, 0.125, 0.105],
  [0.16, 0.15, 0.125],
  [0.32, 0.152, 0.13],
  [0.52, 0.143, 0.122],
  [0.7, 0.133, 0.112],
  [0.83, 0.118, 0.1],
  [0.91, 0.09, 0.08],
  [0.97, 0.058, 0.056],
  [1.08, 0.05, 0.05],
];

/** What a vertex moves with. */
export const PART = {
  torso: 0,
  head: 1,
  armLeft: 2,
  armRight: 3,
  legLeft: 4,
  legRight: 5,
  hem: 6,
  eye: 7,
  smile: 8,
  mouth: 9,
} as const;
export type Part = (typeof PART)[keyof typeof PART];

/** What a vertex is coloured by. */
export const ROLE = {
  skin: 0,
  hair: 1,
  top: 2,
  bottom: 3,
  shoes: 4,
  accent: 5,
  fixed: 6,
  blush: 7,
  /** Hair, or the accent's colour on heads that wear a hat. */
  hat: 8,
} as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

/** Which choice of a look shows or hides a vertex. */
export const SLOT = { always: 0, figure: 1, head: 2, accessory: 3 } as const;
export type Slot = (typeof SLOT)[keyof typeof SLOT];
