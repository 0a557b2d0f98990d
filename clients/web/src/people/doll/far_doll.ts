// far_doll: the same person in some three hundred triangles, for everybody but the nearest.

import { armTube, elbow, knee, legTube, SIDES, torsoShell } from './body.ts';
import { decal, headPoint } from './face.ts';
import { cap } from './heads.ts';
import { MEASURE, PART, ROLE, SLOT } from './measure.ts';
import { WEARS } from './outfits.ts';
import { Pile, type PileArrays } from './pile.ts';
import { ball, lathe, loft, mixed, type Point, type Shell, smooth } from './shell.ts';

const { eyeX, eyeY, crotch, hipY } = MEASURE;
const back = (around: number) => (1 - Math.cos(around)) / 2;
const SKIRTED: readonly number[] = [
  ...WEARS.dress,
  ...WEARS.robe,
  ...WEARS.coat,
  ...WEARS.tunic,
  ...WEARS.skirt,
];
const PLAIN = Array.from({ length: 16 }, (_, i) => i).filter((i) => !SKIRTED.includes(i));
const HATS = { accent: [9, 10, 12, 13, 14], straw: [11], wizard: [13] };
const HAIR_HEADS = Array.from({ length: 16 }, (_, i) => i).filter((i) => !HATS.accent.includes(i));

/** Every other ring and segment of a fine tube would do; a coarse loft is simpler. */
function tube(fine: Shell, segments: number): Shell {
  const rings: Point[] = [];
  const heights = fine.points.map(([, y]) => y);
  const top = Math.max(...heights);
  const bottom = Math.min(...heights);
  const near = (y: number) => fine.points.filter((point) => Math.abs(point[1] - y) < 0.03);
  const radii: number[] = [];
  for (const q of [0.02, 0.5, 0.98]) {
    const y = mixed(top, bottom, q);
    const ring = near(y);
    const x = ring.reduce((sum, point) => sum + point[0], 0) / (ring.length || 1);
    const z = ring.reduce((sum, point) => sum + point[2], 0) / (ring.length || 1);
    rings.push([x, y, z]);
    radii.push(
      Math.max(...ring.map((point) => Math.hypot(point[0] - x, point[2] - z)), 0.02) * 1.05,
    );
  }
  return loft(rings, radii, segments);
}

function addLimbs(pile: Pile): void {
  for (const side of SIDES) {
    pile.add(tube(armTube(side, -0.08, 0.72, [0.052, 0.045]), 4), {
      part: side.arm,
      role: ROLE.top,
      lower: elbow,
    });
    pile.add(ball([side.sign * MEASURE.shoulderX, 0.6, 0], [0.04, 0.06, 0.045], 4, 2), {
      part: side.arm,
      role: ROLE.skin,
      lower: () => 1,
    });
    const leg = tube(legTube(side, hipY, 0.06, [0.08, 0.066]), 4);
    pile.only(SLOT.figure, PLAIN, () =>
      pile.add(leg, { part: side.leg, role: ROLE.bottom, lower: knee }),
    );
    pile.only(SLOT.figure, SKIRTED, () =>
      pile.add(leg, { part: side.leg, role: ROLE.bottom, shade: 0.9, lower: knee }),
    );
    pile.add(ball([side.sign * MEASURE.hipX, 0.04, -0.03], [0.068, 0.06, 0.11], 5, 2), {
      part: side.leg,
      role: ROLE.shoes,
      lower: () => 1,
    });
  }
}

function addTrunk(pile: Pile): void {
  const dress = { part: PART.torso, role: ROLE.top } as const;
  pile.add(ball([0, crotch + 0.06, 0], [0.15, 0.11, 0.125], 6, 3), {
    part: PART.torso,
    role: ROLE.bottom,
  });
  pile.only(SLOT.figure, PLAIN, () => {
    pile.add(torsoShell({ from: 0.06, to: 0.96, offset: 0.015, rows: 3, segments: 7 }), dress);
  });
  pile.only(SLOT.figure, SKIRTED, () => {
    pile.add(
      torsoShell({ from: -0.34, to: 0.96, offset: 0.015, flare: 0.12, rows: 4, segments: 8 }),
      {
        part: PART.hem,
        role: ROLE.top,
        lower: ([, y]) => smooth(crotch + 0.1, crotch - 0.22, y),
      },
    );
  });
}

function addHead(pile: Pile): void {
  pile.add(ball([0, MEASURE.chin + 0.2, 0], [0.21, 0.2, 0.19], 8, 5, 2.3), {
    part: PART.head,
    role: ROLE.skin,
  });
  for (const sign of [-1, 1]) {
    pile.add(decal(sign * eyeX, eyeY, [0.028, 0.042], 0.012, 5), {
      part: PART.eye,
      role: ROLE.fixed,
      color: '#3a2e52',
      outwards: [0, 0, -1],
    });
  }
  const hairline = (around: number) => mixed(1.0, 1.9, smooth(0.12, 0.5, back(around)));
  const hair = cap({ hairline, thick: 0.034, segments: 8 });
  pile.only(SLOT.head, HAIR_HEADS, () => pile.add(hair, { part: PART.head, role: ROLE.hair }));
  pile.only(SLOT.head, HATS.accent, () => pile.add(hair, { part: PART.head, role: ROLE.accent }));
  pile.only(SLOT.head, [3], () => {
    pile.add(ball(headPoint(Math.PI, 0.5, -0.02), [0.25, 0.21, 0.2], 7, 5), {
      part: PART.head,
      role: ROLE.hair,
    });
  });
  pile.only(SLOT.head, [1, 2, 5], () => {
    pile.add(ball([0, 1.2, 0.12], [0.2, 0.2, 0.1], 6, 4), {
      part: PART.head,
      role: ROLE.hair,
      shade: 0.9,
    });
  });
  pile.only(SLOT.head, HATS.wizard, () => {
    pile.add(
      lathe(
        [
          [0.32, 1.41],
          [0.2, 1.43],
          [0, 1.84],
        ],
        { segments: 8 },
      ),
      { part: PART.head, role: ROLE.accent },
    );
  });
  pile.only(SLOT.head, HATS.straw, () => {
    pile.add(
      lathe(
        [
          [0.36, 1.42],
          [0.2, 1.44],
          [0.16, 1.54],
          [0, 1.56],
        ],
        { segments: 8 },
      ),
      { part: PART.head, role: ROLE.fixed, color: '#f3c45e' },
    );
  });
}

export function farDoll(): PileArrays {
  const pile = new Pile();
  addLimbs(pile);
  addTrunk(pile);
  addHead(pile);
  return pile.arrays();
}
