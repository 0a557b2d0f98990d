// far_doll: the same person in less than three hundred triangles, for everybody but the nearest. Surfaces
// are left open where nobody looks: ends of limbs within the trunk, the underside of hair.

import { elbow, knee, SIDES } from './body.ts';
import { facePoint, headPoint } from './face.ts';
import { MEASURE, PART, ROLE, SLOT, TORSO_PROFILE } from './measure.ts';
import { WEARS } from './outfits.ts';
import { Pile, type PileArrays } from './pile.ts';
import {
  ball,
  lathe,
  mixed,
  type Point,
  profileAt,
  ringsShell,
  rounded,
  type Shell,
  smooth,
} from './shell.ts';

const { eyeX, eyeY, chin, crotch, torso, hipX, hipY, kneeY, shoulderX, shoulderY, elbowY } =
  MEASURE;
const TURN = Math.PI * 2;
const SKIRTED: readonly number[] = [
  ...WEARS.dress,
  ...WEARS.robe,
  ...WEARS.coat,
  ...WEARS.tunic,
  ...WEARS.skirt,
];
/** Heads whose hair is covered by something of the accent's colour. */
export const HAT_HEADS: readonly number[] = [9, 10, 12, 13, 14];
const STRAW_HAT = 11;
const WIZARD_HAT = 13;
const CLOUD_OF_HAIR = 3;
const LONG_HAIR = [1, 2, 5];

function ringOf(segments: number, at: (angle: number) => Point): Point[] {
  return Array.from({ length: segments }, (_, i) => at((i / segments) * TURN));
}

/** An open tube standing at x, through [height, radius] from the top down. */
function limb(x: number, levels: readonly (readonly [number, number])[]): Shell {
  return ringsShell(
    levels.map(([y, radius]) =>
      ringOf(4, (angle) => [x + Math.cos(angle) * radius, y, Math.sin(angle) * radius + 0.006]),
    ),
  );
}

function addLimbs(pile: Pile): void {
  for (const side of SIDES) {
    const [armX, legX] = [side.sign * shoulderX, side.sign * hipX];
    const sleeve = limb(armX, [
      [shoulderY + 0.035, 0.045],
      [elbowY, 0.056],
      [0.645, 0.05],
    ]);
    pile.add(sleeve, { part: side.arm, role: ROLE.top, lower: elbow });
    pile.add(ball([armX, 0.6, 0], [0.042, 0.065, 0.048], 4, 2), {
      part: side.arm,
      role: ROLE.skin,
      lower: () => 1,
    });
    const leg = limb(legX, [
      [hipY, 0.09],
      [kneeY, 0.084],
      [0.06, 0.072],
    ]);
    pile.add(leg, { part: side.leg, role: ROLE.bottom, lower: knee });
    pile.add(ball([legX, 0.045, -0.03], [0.07, 0.06, 0.11], 5, 2), {
      part: side.leg,
      role: ROLE.shoes,
      lower: () => 1,
    });
  }
}

/** Rings about the trunk at parts of its height, so much wider than the body each. */
function trunk(levels: readonly (readonly [number, number])[], segments: number): Shell {
  return ringsShell(
    levels.map(([t, out]) => {
      const [wide, deep] = profileAt(TORSO_PROFILE, Math.max(0.1, t));
      return ringOf(segments, (angle) => {
        const [c, s] = rounded(angle, 2.3);
        return [c * (wide + out), crotch + t * torso, s * (deep + out * 0.9) + 0.005];
      });
    }),
  );
}

function addTrunk(pile: Pile): void {
  pile.add(ball([0, crotch + 0.05, 0], [0.155, 0.1, 0.13], 6, 2), {
    part: PART.torso,
    role: ROLE.bottom,
  });
  const shirt = trunk(
    [
      [0.05, 0.018],
      [0.36, 0.02],
      [0.74, 0.018],
      [0.97, 0.008],
    ],
    7,
  );
  pile.add(shirt, { part: PART.torso, role: ROLE.top });
  const skirt = trunk(
    [
      [-0.34, 0.125],
      [-0.06, 0.07],
      [0.26, 0.026],
    ],
    7,
  );
  pile.only(SLOT.figure, SKIRTED, () => {
    pile.add(skirt, {
      part: PART.hem,
      role: ROLE.top,
      lower: ([, y]) => smooth(crotch + 0.1, crotch - 0.22, y),
    });
  });
}

function eye(x: number): Shell {
  const ring = ringOf(5, (angle) =>
    facePoint(x + Math.cos(angle) * 0.029, eyeY + Math.sin(angle) * 0.043, 0.012),
  );
  return ringsShell([ring], undefined, facePoint(x, eyeY, 0.018));
}

/** From the crown down to the hairline, which is lower at the back. */
function hair(): Shell {
  const thick = 0.034;
  const line = (around: number) => mixed(1.0, 1.9, smooth(0.12, 0.5, (1 - Math.cos(around)) / 2));
  const rings = [0.5, 1].map((share) =>
    ringOf(8, (around) => headPoint(around, line(around) * share, thick)),
  );
  return ringsShell(rings, headPoint(0, 0, thick));
}

function addHead(pile: Pile): void {
  pile.add(ball([0, chin + 0.2, 0], [0.21, 0.2, 0.19], 8, 4, 2.3), {
    part: PART.head,
    role: ROLE.skin,
  });
  for (const sign of [-1, 1]) {
    pile.add(eye(sign * eyeX), {
      part: PART.eye,
      role: ROLE.fixed,
      color: '#3a2e52',
      outwards: [0, 0, -1],
    });
  }
  pile.add(hair(), { part: PART.head, role: ROLE.hat, outwards: [0, 1, 0] });
  pile.only(SLOT.head, [CLOUD_OF_HAIR], () => {
    pile.add(ball(headPoint(Math.PI, 0.5, -0.02), [0.25, 0.21, 0.2], 6, 3), {
      part: PART.head,
      role: ROLE.hair,
    });
  });
  pile.only(SLOT.head, LONG_HAIR, () => {
    pile.add(ball([0, 1.2, 0.12], [0.2, 0.2, 0.1], 6, 3), {
      part: PART.head,
      role: ROLE.hair,
      shade: 0.9,
    });
  });
  const hat = (levels: readonly (readonly [number, number])[]) => lathe(levels, { segments: 8 });
  pile.only(SLOT.head, [WIZARD_HAT], () => {
    const cone = hat([
      [0.32, 1.41],
      [0.2, 1.43],
      [0, 1.84],
    ]);
    pile.add(cone, { part: PART.head, role: ROLE.accent });
  });
  pile.only(SLOT.head, [STRAW_HAT], () => {
    const straw = hat([
      [0.36, 1.42],
      [0.19, 1.46],
      [0, 1.57],
    ]);
    pile.add(straw, { part: PART.head, role: ROLE.fixed, color: '#f3c45e' });
  });
}

export function farDoll(): PileArrays {
  const pile = new Pile();
  addLimbs(pile);
  addTrunk(pile);
  addHead(pile);
  return pile.arrays();
}
