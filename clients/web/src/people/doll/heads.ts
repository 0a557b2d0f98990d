// heads: sixteen ways to wear one's hair or a hat.

import { facePoint, headPoint } from './face.ts';
import { MEASURE, PART, ROLE, type Role, SLOT } from './measure.ts';
import type { Dress, Pile } from './pile.ts';
import {
  ball,
  lathe,
  loft,
  mirrored,
  mixed,
  type Point,
  ringsShell,
  rolled,
  type Shell,
  smooth,
  tilted,
} from './shell.ts';

const TURN = Math.PI * 2;
const { chin, head } = MEASURE;
const CROWN = chin + head;

export interface Cap {
  /** Where the hair ends, as an angle from the crown, by the angle around (0 in front). */
  readonly hairline: (around: number) => number;
  readonly thick: number;
  /** Length that hangs straight down from the hairline. */
  readonly drop?: (around: number) => number;
  readonly flare?: number;
  readonly segments?: number;
}

/** How far to the side or back: 0 in front, 1 behind. */
const back = (around: number) => (1 - Math.cos(around)) / 2;

/** Hair or a hood as one bowl over the head, open below, its rim turned in. */
export function cap(shape: Cap): Shell {
  const { hairline, thick, drop, flare = 0, segments = 20 } = shape;
  const around = Array.from({ length: segments }, (_, i) => (i / segments) * TURN);
  const ring = (at: (angle: number) => Point) => around.map(at);
  const rings: Point[][] = [];
  for (const q of [0.25, 0.5, 0.75, 1]) {
    rings.push(ring((angle) => headPoint(angle, hairline(angle) * q, thick * (q === 1 ? 0.9 : 1))));
  }
  const hang = (angle: number, q: number): Point => {
    const [x, y, z] = headPoint(angle, hairline(angle), thick * 0.9);
    const length = drop?.(angle) ?? 0;
    const out = flare * Math.sin(q * 1.57) * Math.min(1, length * 6);
    return [x + Math.sin(angle) * out, y - length * q, z - Math.cos(angle) * out];
  };
  if (drop) for (const q of [0.5, 1]) rings.push(ring((angle) => hang(angle, q)));
  rings.push(
    ring((angle) => {
      const [x, y, z] = hang(angle, 1);
      return [x * 0.86, y + 0.012, z * 0.86];
    }),
  );
  return ringsShell(rings, headPoint(0, 0, thick), undefined);
}

const hair = (shade?: Dress['shade']): Dress => ({
  part: PART.head,
  role: ROLE.hair,
  shade: shade ?? (([, y]) => mixed(0.78, 1.08, smooth(chin + 0.05, CROWN, y))),
});
const worn = (role: Role, shade = 1): Dress => ({ part: PART.head, role, shade });

const CROP = (around: number) => mixed(0.98, 1.9, smooth(0.1, 0.62, back(around)));
/** A fringe over the brow. */
const fringe = (around: number) => mixed(1.08, 1.75, smooth(0.12, 0.4, back(around)));

function strand(points: readonly Point[], radii: readonly number[]): Shell {
  return loft(points, radii, 6, 0.8);
}

function bob(pile: Pile): void {
  const drop = (around: number) => 0.17 * smooth(0.16, 0.34, back(around));
  pile.add(cap({ hairline: fringe, thick: 0.028, drop, flare: 0.02 }), hair());
}

function long(pile: Pile): void {
  const drop = (around: number) => 0.36 * smooth(0.2, 0.4, back(around));
  pile.add(cap({ hairline: fringe, thick: 0.028, drop, flare: 0.005 }), hair());
}

function afro(pile: Pile): void {
  const hairline = (around: number) => mixed(0.92, 2.05, smooth(0.08, 0.5, back(around)));
  pile.add(cap({ hairline, thick: 0.115 }), hair());
}

function bun(pile: Pile): void {
  pile.add(ball([0, CROWN + 0.05, 0.02], [0.085, 0.075, 0.085], 12, 8), hair());
  pile.add(ball([0, CROWN + 0.002, 0.015], [0.055, 0.018, 0.055], 10, 4), worn(ROLE.accent));
}

function ponytail(pile: Pile): void {
  pile.add(
    strand(
      [
        [0, 1.4, 0.19],
        [0, 1.38, 0.27],
        [0, 1.26, 0.31],
        [0, 1.1, 0.29],
        [0, 1.0, 0.25],
      ],
      [0.03, 0.055, 0.062, 0.045, 0.012],
    ),
    hair(),
  );
  pile.add(ball([0, 1.4, 0.2], [0.042, 0.042, 0.03], 8, 5), worn(ROLE.accent));
}

function quiff(pile: Pile): void {
  for (let i = 0; i < 8; i++) {
    const around = (i / 8) * TURN + 0.2;
    const base = headPoint(around, 0.42, 0);
    const tip = headPoint(around * 0.98, 0.36, 0.1 + 0.03 * Math.cos(around));
    const up: Point = [tip[0], tip[1] + 0.03, tip[2] - 0.02];
    pile.add(
      strand(
        [base, [(base[0] + up[0]) / 2, (base[1] + up[1]) / 2, (base[2] + up[2]) / 2], up],
        [0.06, 0.042, 0.008],
      ),
      hair(),
    );
  }
  pile.add(
    strand(
      [headPoint(0, 0.1), headPoint(0, 0.05, 0.07), headPoint(0.3, 0.2, 0.13)],
      [0.07, 0.05, 0.01],
    ),
    hair(),
  );
}

function curls(pile: Pile): void {
  for (const [down, count, size] of [
    [0.15, 3, 0.08],
    [0.75, 9, 0.075],
    [1.3, 11, 0.066],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const around = ((i + 0.5 * (count % 2)) / count) * TURN;
      if (down > CROP(around) - 0.05) continue;
      pile.add(ball(headPoint(around, down, 0.02), [size, size * 0.9, size], 6, 4), hair());
    }
  }
}

function braids(pile: Pile): void {
  const beads: Shell[] = [0, 1, 2, 3].map((i) =>
    ball(
      [0.2 + 0.012 * i, 1.17 - i * 0.072, 0.02],
      [0.044 - i * 0.003, 0.046, 0.044 - i * 0.003],
      7,
      5,
    ),
  );
  beads.push(ball([0.246, 0.885, 0.02], [0.024, 0.03, 0.024], 6, 4));
  beads.forEach((bead, i) => {
    const dress = i === 4 ? worn(ROLE.accent) : hair();
    pile.add(bead, dress);
    pile.add(mirrored(bead), dress);
  });
}

function baseballCap(pile: Pile): void {
  pile.add(
    cap({ hairline: (a) => mixed(1.0, 1.82, smooth(0.2, 0.62, back(a))), thick: 0.016 }),
    hair(),
  );
  pile.add(cap({ hairline: () => 1.16, thick: 0.032 }), worn(ROLE.accent));
  const peak = ball([0, 1.432, -0.225], [0.14, 0.013, 0.13], 12, 4);
  pile.add(tilted(peak, [0, 1.432, -0.12], -0.12), worn(ROLE.accent, 0.86));
  pile.add(ball([0, CROWN + 0.034, 0], [0.018, 0.012, 0.018], 6, 4), worn(ROLE.accent, 0.8));
}

function beanie(pile: Pile): void {
  pile.add(
    cap({ hairline: (a) => mixed(1.1, 1.85, smooth(0.2, 0.6, back(a))), thick: 0.014 }),
    hair(),
  );
  pile.add(cap({ hairline: () => 1.15, thick: 0.036 }), worn(ROLE.accent));
  const rim = lathe(
    [
      [0.9, 1.385],
      [1.04, 1.392],
      [1.06, 1.42],
      [1.02, 1.45],
      [0.9, 1.45],
    ],
    {
      segments: 18,
      wide: 0.222,
      deep: 0.212,
      exponent: 2.15,
    },
  );
  pile.add(rim, worn(ROLE.accent, 0.84));
  pile.add(ball([0, CROWN + 0.065, 0], [0.042, 0.04, 0.042], 8, 6), {
    part: PART.head,
    role: ROLE.fixed,
    color: '#fff4e3',
  });
}

function sunHat(pile: Pile): void {
  const profile: [number, number][] = [
    [0.36, -0.012],
    [0.37, 0.0],
    [0.3, 0.022],
    [0.225, 0.03],
    [0.215, 0.07],
    [0.19, 0.115],
    [0.12, 0.14],
    [0, 0.146],
  ];
  const turn = (shell: Shell) => tilted(shell, [0, 1.42, 0], 0.07);
  pile.add(turn(lathe([[0, -0.01], ...profile], { segments: 20, at: [0, 1.415, 0.01] })), {
    part: PART.head,
    role: ROLE.fixed,
    color: '#f3c45e',
  });
  pile.add(
    turn(
      lathe(
        [
          [0.226, 0.024],
          [0.232, 0.03],
          [0.222, 0.066],
          [0.212, 0.066],
        ],
        { segments: 18, at: [0, 1.415, 0.01] },
      ),
    ),
    worn(ROLE.accent),
  );
}

function headscarf(pile: Pile): void {
  const drop = (around: number) => mixed(0.035, 0.22, smooth(0.3, 0.75, back(around)));
  const hairline = (around: number) => mixed(0.86, 2.5, smooth(0.02, 0.3, back(around)));
  pile.add(cap({ hairline, thick: 0.03, drop, flare: 0.01 }), worn(ROLE.accent));
  const wrap = lathe(
    [
      [0.1, 1.1],
      [0.135, 1.085],
      [0.15, 1.06],
      [0.14, 1.03],
      [0.1, 1.02],
    ],
    { segments: 14, deep: 0.92 },
  );
  pile.add(wrap, { part: PART.torso, role: ROLE.accent, shade: 0.88 });
}

function wizardHat(pile: Pile): void {
  const tilt = (shell: Shell) => tilted(shell, [0, 1.4, 0], 0.1);
  const brim = lathe(
    [
      [0, -0.006],
      [0.31, -0.012],
      [0.32, 0.002],
      [0.2, 0.022],
      [0, 0.03],
    ],
    { segments: 20, at: [0, 1.41, 0.01] },
  );
  pile.add(tilt(brim), worn(ROLE.accent));
  const cone = loft(
    [
      [0, 1.4, 0.01],
      [0, 1.5, 0.01],
      [0, 1.62, 0.015],
      [0.012, 1.73, 0.03],
      [0.05, 1.82, 0.04],
      [0.11, 1.845, 0.04],
    ],
    [0.215, 0.17, 0.112, 0.062, 0.034, 0.014],
    14,
  );
  pile.add(tilt(cone), worn(ROLE.accent));
  pile.add(
    tilt(
      lathe(
        [
          [0.216, 0.01],
          [0.224, 0.014],
          [0.208, 0.05],
          [0.19, 0.05],
        ],
        { segments: 18, at: [0, 1.41, 0.01] },
      ),
    ),
    {
      part: PART.head,
      role: ROLE.fixed,
      color: '#f3b33e',
    },
  );
}

function animalHood(pile: Pile): void {
  const hairline = (around: number) => mixed(0.9, 2.75, smooth(0.03, 0.3, back(around)));
  pile.add(cap({ hairline, thick: 0.036 }), worn(ROLE.accent));
  const ear = rolled(
    loft(
      [
        [0.13, 1.44, 0.02],
        [0.14, 1.53, 0.015],
        [0.145, 1.63, 0.005],
      ],
      [0.075, 0.056, 0.008],
      8,
      0.5,
    ),
    [0.13, 1.44, 0],
    -0.12,
  );
  const inner = rolled(
    loft(
      [
        [0.13, 1.46, -0.014],
        [0.139, 1.53, -0.016],
        [0.143, 1.6, -0.01],
      ],
      [0.045, 0.034, 0.005],
      6,
      0.4,
    ),
    [0.13, 1.44, 0],
    -0.12,
  );
  for (const flip of [(s: Shell) => s, mirrored]) {
    pile.add(flip(ear), worn(ROLE.accent));
    pile.add(flip(inner), { part: PART.head, role: ROLE.fixed, color: '#fbd6c4' });
  }
}

function sideSwept(pile: Pile): void {
  const sweep = (x: number, lift: number) =>
    strand(
      [
        headPoint(-0.9, 0.5, 0.0),
        headPoint(-0.2, 0.62, lift),
        facePoint(x, 1.41, 0.03),
        facePoint(x + 0.06, 1.36, 0.02),
      ],
      [0.05, 0.07, 0.056, 0.012],
    );
  pile.add(sweep(0.06, 0.045), hair());
  pile.add(sweep(0.11, 0.035), hair());
}

/** What several of them share lies once in the geometry. */
const SHARED: readonly (readonly [readonly number[], (pile: Pile) => void])[] = [
  [[0, 4, 6, 7, 15], (pile) => pile.add(cap({ hairline: CROP, thick: 0.022 }), hair())],
  [[5, 8], (pile) => pile.add(cap({ hairline: fringe, thick: 0.024 }), hair())],
  [[1, 11], bob],
  [[2, 13], long],
];

/** By the look code's number; 1, 2 and 15 are shared ones with nothing more. */
const OWN: readonly (readonly [number, (pile: Pile) => void])[] = [
  [0, sideSwept],
  [3, afro],
  [4, bun],
  [5, ponytail],
  [6, quiff],
  [7, curls],
  [8, braids],
  [9, baseballCap],
  [10, beanie],
  [11, sunHat],
  [12, headscarf],
  [13, wizardHat],
  [14, animalHood],
];

export function addHeads(pile: Pile): void {
  for (const [choices, build] of SHARED) pile.only(SLOT.head, choices, () => build(pile));
  for (const [choice, build] of OWN) pile.only(SLOT.head, [choice], () => build(pile));
}
