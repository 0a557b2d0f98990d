// accessories: the last touch of a look. Choice 0 is nothing.

import { torsoShell } from './body.ts';
import { facePoint, headPoint } from './face.ts';
import { MEASURE, PART, ROLE, SLOT } from './measure.ts';
import type { Dress, Pile } from './pile.ts';
import {
  ball,
  hoop,
  lathe,
  loft,
  mirrored,
  type Point,
  rolled,
  type Shell,
  tilted,
} from './shell.ts';

const { eyeX, eyeY } = MEASURE;

const onHead = (shade = 1): Dress => ({ part: PART.head, role: ROLE.accent, shade });
const onBody = (shade = 1): Dress => ({ part: PART.torso, role: ROLE.accent, shade });
const fixed = (color: string, part: Dress['part'] = PART.head): Dress => ({
  part,
  role: ROLE.fixed,
  color,
});

function both(pile: Pile, shell: Shell, dress: Dress): void {
  pile.add(shell, dress);
  pile.add(mirrored(shell), dress);
}

function glasses(pile: Pile): void {
  const z = facePoint(eyeX, eyeY, 0.018)[2];
  both(pile, hoop([eyeX + 0.004, eyeY, z], 0.052, 0.052, 0.0075), onHead());
  pile.add(
    loft(
      [
        [-0.03, eyeY + 0.01, z - 0.012],
        [0, eyeY + 0.016, z - 0.018],
        [0.03, eyeY + 0.01, z - 0.012],
      ],
      [0.006, 0.006, 0.006],
      5,
    ),
    onHead(),
  );
  both(
    pile,
    loft(
      [
        [0.128, eyeY + 0.012, z + 0.005],
        [0.2, eyeY + 0.014, -0.08],
        [0.218, eyeY + 0.01, 0.01],
      ],
      [0.006, 0.006, 0.006],
      5,
    ),
    onHead(),
  );
}

function headphones(pile: Pile): void {
  pile.add(hoop([0, 1.29, 0.0], 0.245, 0.245, 0.016, [0.1, Math.PI - 0.1]), fixed('#fff4e3'));
  both(pile, ball([0.238, eyeY + 0.005, 0.005], [0.036, 0.066, 0.066], 10, 6), onHead());
}

function backpack(pile: Pile): void {
  pile.add(ball([0, 0.79, 0.185], [0.125, 0.155, 0.075], 12, 8, 2.8), onBody());
  pile.add(ball([0, 0.72, 0.255], [0.08, 0.06, 0.03], 10, 5, 2.8), onBody(0.82));
  both(
    pile,
    loft(
      [
        [0.085, 0.96, 0.1],
        [0.09, 1.0, 0.0],
        [0.092, 0.9, -0.118],
        [0.1, 0.72, -0.135],
        [0.13, 0.66, 0.0],
      ],
      [0.016, 0.02, 0.02, 0.018, 0.014],
      5,
    ),
    onBody(0.86),
  );
}

function scarf(pile: Pile): void {
  pile.add(
    lathe(
      [
        [0.09, 1.0],
        [0.13, 1.01],
        [0.142, 1.045],
        [0.128, 1.085],
        [0.09, 1.09],
      ],
      { segments: 14, deep: 0.95 },
    ),
    onBody(),
  );
  pile.add(
    loft(
      [
        [0.07, 1.03, -0.13],
        [0.085, 0.95, -0.155],
        [0.09, 0.84, -0.16],
        [0.092, 0.76, -0.158],
      ],
      [0.02, 0.04, 0.044, 0.03],
      7,
      0.4,
    ),
    onBody(0.92),
  );
}

function cape(pile: Pile): void {
  const shell = torsoShell({
    from: -0.3,
    to: 0.93,
    offset: 0.032,
    flare: 0.13,
    rows: 7,
    segments: 16,
  });
  // Only its back half: what lies in front is folded behind the shoulders.
  const points = shell.points.map(([x, y, z]): Point => {
    const front = z < 0.02;
    return front
      ? [Math.sign(x) * Math.max(Math.abs(x), 0.13), y, Math.max(z, 0.02)]
      : [x, y, z + 0.03];
  });
  pile.add({ points, faces: shell.faces }, { ...onBody(), part: PART.torso });
}

function flower(pile: Pile): void {
  const at = headPoint(0.95, 0.75, 0.045);
  for (let i = 0; i < 5; i++) {
    const angle = (i / 5) * Math.PI * 2;
    const petal: Point = [
      at[0] + Math.cos(angle) * 0.014,
      at[1] + Math.sin(angle) * 0.04,
      at[2] + Math.cos(angle) * 0.032,
    ];
    pile.add(ball(petal, [0.026, 0.03, 0.028], 6, 4), onHead());
  }
  pile.add(ball([at[0] + 0.018, at[1], at[2] - 0.012], [0.02, 0.02, 0.02], 6, 4), fixed('#fbd98a'));
}

function bowTie(pile: Pile): void {
  both(
    pile,
    loft(
      [
        [0.006, 1.005, -0.118],
        [0.04, 1.01, -0.13],
        [0.075, 1.012, -0.122],
      ],
      [0.012, 0.03, 0.038],
      7,
      0.6,
    ),
    onBody(),
  );
  pile.add(ball([0, 1.005, -0.125], [0.018, 0.02, 0.016], 7, 5), onBody(0.82));
}

function beard(pile: Pile): void {
  const dress: Dress = { part: PART.head, role: ROLE.hair, shade: 0.92 };
  pile.add(ball([0, 1.125, -0.105], [0.135, 0.075, 0.1], 12, 7), dress);
  both(pile, ball([0.13, 1.18, -0.06], [0.065, 0.075, 0.075], 8, 6), dress);
  both(
    pile,
    loft(
      [
        [0.0, 1.215, -0.205],
        [0.045, 1.218, -0.205],
        [0.085, 1.2, -0.185],
      ],
      [0.016, 0.018, 0.006],
      6,
    ),
    dress,
  );
}

function moustache(pile: Pile): void {
  const dress: Dress = { part: PART.head, role: ROLE.hair, shade: 0.9 };
  both(
    pile,
    loft(
      [
        [0, 1.216, -0.205],
        [0.045, 1.208, -0.207],
        [0.085, 1.216, -0.192],
        [0.1, 1.236, -0.18],
      ],
      [0.014, 0.021, 0.013, 0.004],
      6,
    ),
    dress,
  );
}

function wings(pile: Pile): void {
  const feather = (lift: number, length: number, drop: number): Shell =>
    loft(
      [
        [0.03, 0.86, 0.14],
        [0.12, 0.92 + lift, 0.2],
        [0.16 + length, 0.9 + lift - drop, 0.23],
      ],
      [0.02, 0.055, 0.012],
      7,
      0.4,
    );
  both(pile, feather(0.08, 0.14, 0.0), fixed('#fff4e3', PART.torso));
  both(pile, feather(0.02, 0.11, 0.06), fixed('#fbe7cf', PART.torso));
  both(pile, feather(-0.04, 0.06, 0.1), onBody());
}

function satchel(pile: Pile): void {
  pile.add(ball([0.19, 0.55, 0.02], [0.05, 0.08, 0.1], 10, 6, 3), onBody());
  pile.add(ball([0.205, 0.58, 0.02], [0.045, 0.05, 0.104], 10, 5, 3), onBody(0.8));
  pile.add(
    loft(
      [
        [0.16, 0.62, -0.05],
        [0.06, 0.8, -0.158],
        [-0.08, 1.0, -0.09],
        [-0.07, 1.0, 0.08],
        [0.06, 0.8, 0.15],
        [0.17, 0.62, 0.08],
      ],
      [0.012, 0.016, 0.016, 0.016, 0.016, 0.012],
      5,
    ),
    onBody(0.8),
  );
}

function crown(pile: Pile): void {
  const dress = fixed('#f3b33e');
  pile.add(
    lathe(
      [
        [0.13, 1.455],
        [0.142, 1.46],
        [0.142, 1.51],
        [0.128, 1.51],
      ],
      { segments: 14 },
    ),
    dress,
  );
  for (let i = 0; i < 6; i++) {
    const angle = (i / 6) * Math.PI * 2;
    const at = (out: number, y: number): Point => [
      Math.sin(angle) * out,
      y,
      -Math.cos(angle) * out,
    ];
    pile.add(
      loft([at(0.136, 1.49), at(0.14, 1.54), at(0.143, 1.57)], [0.03, 0.02, 0.003], 5),
      dress,
    );
    pile.add(ball(at(0.145, 1.578), [0.014, 0.014, 0.014], 5, 4), onHead());
  }
}

function badge(pile: Pile): void {
  const at: Point = [-0.07, 0.87, -0.142];
  pile.add(ball(at, [0.032, 0.032, 0.012], 8, 5), fixed('#f3b33e', PART.torso));
  pile.add(ball([at[0], at[1], at[2] - 0.008], [0.018, 0.018, 0.01], 6, 4), onBody());
}

function tail(pile: Pile): void {
  pile.add(
    loft(
      [
        [0, 0.52, 0.11],
        [0, 0.47, 0.22],
        [0, 0.5, 0.33],
        [0, 0.62, 0.4],
      ],
      [0.03, 0.055, 0.078, 0.06],
      8,
    ),
    onBody(),
  );
  pile.add(ball([0, 0.66, 0.415], [0.058, 0.075, 0.058], 8, 6), fixed('#fff4e3', PART.torso));
}

function balloon(pile: Pile): void {
  const string: Point[] = [
    [0.2, 0.62, -0.03],
    [0.24, 1.0, 0.0],
    [0.27, 1.4, 0.02],
    [0.28, 1.6, 0.02],
  ];
  pile.add(
    loft(
      string,
      string.map(() => 0.004),
      4,
    ),
    fixed('#6b4435', PART.torso),
  );
  pile.add(
    rolled(ball([0.29, 1.79, 0.02], [0.135, 0.165, 0.135], 12, 9), [0.28, 1.62, 0.02], -0.08),
    onBody(),
  );
  pile.add(
    tilted(ball([0.281, 1.62, 0.02], [0.022, 0.016, 0.022], 6, 4), [0.281, 1.62, 0.02], 0),
    onBody(0.85),
  );
  pile.add(ball([0.25, 1.86, -0.07], [0.026, 0.04, 0.02], 6, 4), fixed('#fff4e3', PART.torso));
}

/** In the order of the look code's numbers. */
const ACCESSORIES: readonly (((pile: Pile) => void) | undefined)[] = [
  undefined,
  glasses,
  headphones,
  backpack,
  scarf,
  cape,
  flower,
  bowTie,
  beard,
  moustache,
  wings,
  satchel,
  crown,
  badge,
  tail,
  balloon,
];

export function addAccessories(pile: Pile): void {
  ACCESSORIES.forEach((build, choice) => {
    if (build) pile.only(SLOT.accessory, [choice], () => build(pile));
  });
}
