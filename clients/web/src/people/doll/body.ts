// body: what every doll has: torso, neck, limbs, hands, shoes.

import { MEASURE, PART, type Part, ROLE, TORSO_PROFILE } from './measure.ts';
import type { Pile } from './pile.ts';
import {
  ball,
  lathe,
  loft,
  mixed,
  moved,
  type Point,
  profileAt,
  type Shell,
  smooth,
} from './shell.ts';

export interface Side {
  /** -1 left, +1 right, facing -z. */
  readonly sign: -1 | 1;
  readonly arm: Part;
  readonly leg: Part;
}

export const SIDES: readonly Side[] = [
  { sign: -1, arm: PART.armLeft, leg: PART.legLeft },
  { sign: 1, arm: PART.armRight, leg: PART.legRight },
];

const { crotch, torso, shoulderX, shoulderY, arm, elbowY, hipX, hipY, kneeY } = MEASURE;

/** 1 below the joint, 0 above, blended over its width. */
export const below =
  (joint: number, blend: number) =>
  ([, y]: Point) =>
    1 - smooth(joint - blend, joint + blend, y);

export interface TorsoShape {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly flare?: number;
  readonly rows?: number;
  readonly segments?: number;
}

/** A garment: the torso's profile, a little wider, from hem to collar; below the crotch it hangs. */
export function torsoShell(shape: TorsoShape): Shell {
  const { from, to, offset, flare = 0, rows = 7, segments = 14 } = shape;
  const rings: [number, number, number][] = [];
  for (let row = 0; row <= rows; row++) {
    const t = mixed(from, to, row / rows);
    const [wide, deep] = profileAt(TORSO_PROFILE, Math.max(flare > 0 || from < 0.1 ? 0.1 : 0, t));
    const out = offset + Math.max(0, (0.45 - t) / 0.45) ** 1.3 * flare;
    rings.push([wide + out, deep + out * 0.9, crotch + t * torso]);
  }
  const hem = rings[0] ?? [0.1, 0.1, crotch];
  const collar = rings[rings.length - 1] ?? hem;
  const inner: [number, number, number] = [hem[0] * 0.86, hem[1] * 0.86, hem[2] + 0.03];
  const tuck: [number, number, number] = [collar[0] * 0.8, collar[1] * 0.8, collar[2] - 0.012];
  const unitRing = lathe(
    [inner, [hem[0], hem[1], hem[2] - 0.008], ...rings, tuck].map((_, i) => [1, i]),
    { segments, exponent: 2.3 },
  );
  const sizes = [inner, [hem[0], hem[1], hem[2] - 0.008] as const, ...rings, tuck];
  return moved(unitRing, ([x, row, z]) => {
    const [wide, deep, y] = sizes[Math.round(row)] ?? hem;
    return [x * wide, y, z * deep + 0.005];
  });
}

export function armTube(
  side: Side,
  from: number,
  to: number,
  radii: readonly [number, number],
): Shell {
  const rows = 6;
  const path: Point[] = [];
  const widths: number[] = [];
  for (let row = 0; row <= rows; row++) {
    const k = row / rows;
    path.push([side.sign * shoulderX, shoulderY - mixed(from, to, k) * arm, 0.005]);
    widths.push(mixed(radii[0], radii[1], k));
  }
  const end = path[rows] ?? [0, 0, 0];
  path.push([end[0], end[1] + 0.006, end[2]]);
  widths.push(radii[1] * 0.6);
  return loft(path, widths, 8, 0.95);
}

export function legTube(
  side: Side,
  from: number,
  to: number,
  radii: readonly [number, number],
): Shell {
  const rows = 5;
  const path: Point[] = [];
  const widths: number[] = [];
  for (let row = 0; row <= rows; row++) {
    const k = row / rows;
    path.push([side.sign * hipX, mixed(from, to, k), 0.008]);
    widths.push(mixed(radii[0], radii[1], k));
  }
  const end = path[rows] ?? [0, 0, 0];
  path.push([end[0], end[1] + 0.008, end[2]]);
  widths.push(radii[1] * 0.6);
  return loft(path, widths, 9);
}

export const elbow = below(elbowY, 0.04);
export const knee = below(kneeY, 0.05);

function addHand(pile: Pile, side: Side): void {
  const x = side.sign * shoulderX;
  const wrist = shoulderY - 0.74 * arm;
  const palm = ball([x, wrist - 0.05, 0], [0.036, 0.06, 0.05], 8, 6);
  const thumb = ball([x - side.sign * 0.012, wrist - 0.03, -0.046], [0.018, 0.034, 0.02], 6, 4);
  for (const shell of [palm, thumb]) {
    pile.add(shell, { part: side.arm, role: ROLE.skin, lower: () => 1 });
  }
}

function addShoe(pile: Pile, side: Side): void {
  const x = side.sign * hipX * 1.04;
  const shape = ([px, y, z]: Point): Point => {
    const toe = Math.min(1, Math.max(0, -(z + 0.03) / 0.1));
    return [x + (px - x) * (1 + 0.14 * toe), Math.max(0.012, y * (1 - 0.2 * toe)), z];
  };
  const upper = moved(ball([x, 0.045, -0.03], [0.058, 0.056, 0.1], 10, 6, 2.3), shape);
  const sole = lathe(
    [
      [0, 0.002],
      [0.98, 0.002],
      [1.05, 0.012],
      [1, 0.026],
      [0, 0.026],
    ],
    { segments: 10, at: [x, 0, -0.03], wide: 0.06, deep: 0.104, exponent: 2.3 },
  );
  pile.add(upper, { part: side.leg, role: ROLE.shoes, lower: () => 1 });
  pile.add(moved(sole, shape), {
    part: side.leg,
    role: ROLE.fixed,
    color: '#fff4e3',
    lower: () => 1,
  });
}

export function addBody(pile: Pile): void {
  pile.add(torsoShell({ from: 0.12, to: 0.97, offset: 0.004, rows: 8 }), {
    part: PART.torso,
    role: ROLE.top,
    shade: ([, y]) => mixed(0.9, 1.02, smooth(0.5, 0.85, y)),
  });
  pile.add(ball([0, crotch + 0.07, 0.005], [0.15, 0.1, 0.126], 14, 6, 2.3), {
    part: PART.torso,
    role: ROLE.bottom,
    shade: 0.95,
  });
  pile.add(
    lathe(
      [
        [0.056, 1.02],
        [0.05, 1.06],
        [0.05, 1.14],
      ],
      { segments: 10, at: [0, 0, 0.005] },
    ),
    {
      part: PART.torso,
      role: ROLE.skin,
      shade: 0.86,
    },
  );
  for (const side of SIDES) {
    pile.add(armTube(side, -0.04, 0.78, [0.04, 0.031]), {
      part: side.arm,
      role: ROLE.skin,
      lower: elbow,
    });
    pile.add(legTube(side, hipY - 0.02, 0.05, [0.066, 0.046]), {
      part: side.leg,
      role: ROLE.skin,
      lower: knee,
    });
    addHand(pile, side);
    addShoe(pile, side);
  }
}
