// outfits: what the sixteen figures wear. Each garment names the figures that wear it.

import { armTube, elbow, knee, legTube, SIDES, torsoShell } from './body.ts';
import { MEASURE, PART, ROLE, type Role, SLOT, TORSO_PROFILE } from './measure.ts';
import type { Pile } from './pile.ts';
import { ball, hoop, loft, mixed, type Point, profileAt, smooth, tilted } from './shell.ts';

/** Figures by garment; body proportions of each figure are in FIGURES. */
export const WEARS = {
  hoodie: [0, 7, 13],
  tee: [1, 8],
  dress: [2, 9],
  coat: [3, 10],
  overalls: [4, 11],
  tunic: [5, 12],
  robe: [6],
  jacket: [14, 15],
  skirt: [15],
} as const;

const SHORTS = [1, 13, 11];
const TROUSERS = [0, 3, 4, 5, 7, 8, 10, 12, 14];
const LONG_SLEEVES = [0, 3, 5, 6, 7, 10, 12, 13, 14, 15];
const SHORT_SLEEVES = [1, 2, 4, 8, 9, 11];

/** A figure's proportions: legs, torso, girth and head against the usual doll's. */
export type Figure = readonly [legs: number, torso: number, girth: number, head: number];

export const FIGURES: readonly Figure[] = [
  [1, 1, 1, 1],
  [1.06, 1, 0.9, 1],
  [1, 0.97, 0.92, 1],
  [1.3, 1.1, 0.95, 0.97],
  [1.02, 1.04, 1.28, 1.02],
  [0.95, 0.98, 1.12, 1.02],
  [0.92, 1, 1.02, 1.03],
  [0.62, 0.74, 0.96, 0.99],
  [1.28, 1.04, 0.93, 0.96],
  [0.66, 0.72, 0.92, 0.98],
  [1.02, 1.02, 1.14, 1],
  [0.78, 0.82, 0.9, 0.98],
  [1.22, 1.06, 0.97, 0.98],
  [0.94, 1.02, 1.2, 1.03],
  [1.16, 1.03, 1.05, 0.98],
  [1.14, 1, 0.9, 0.98],
];

const { crotch, torso } = MEASURE;
const heightAt = (t: number) => crotch + t * torso;
const hemPull = ([, y]: Point) => smooth(crotch + 0.1, crotch - 0.22, y);

/** A point on the front of the garment `offset` off the body. */
function front(x: number, t: number, offset: number): Point {
  const [wide, deep] = profileAt(TORSO_PROFILE, t);
  const u = Math.min(0.98, Math.abs(x) / (wide + offset));
  return [x, heightAt(t), -(deep + offset) * (1 - u ** 2.3) ** (1 / 2.3) + 0.005];
}

/** A band lying down the front, from t0 to t1. */
function frontBand(
  pile: Pile,
  x: number,
  half: number,
  span: readonly [number, number],
  offset: number,
  role: Role,
): void {
  const rows = 6;
  const points: Point[] = [];
  const faces: number[] = [];
  for (let row = 0; row <= rows; row++) {
    const t = mixed(span[0], span[1], row / rows);
    points.push(front(x - half, t, offset), front(x + half, t, offset));
    const at = row * 2;
    if (row < rows) faces.push(at, at + 1, at + 3, at, at + 3, at + 2);
  }
  pile.add({ points, faces }, { part: PART.torso, role, outwards: [0, 0, -1], shade: 1.04 });
}

function addSleeves(pile: Pile): void {
  for (const side of SIDES) {
    pile.only(SLOT.figure, LONG_SLEEVES, () => {
      pile.add(armTube(side, -0.08, 0.72, [0.052, 0.045]), {
        part: side.arm,
        role: ROLE.top,
        lower: elbow,
      });
    });
    pile.only(SLOT.figure, SHORT_SLEEVES, () => {
      pile.add(armTube(side, -0.08, 0.34, [0.052, 0.056]), {
        part: side.arm,
        role: ROLE.top,
        lower: elbow,
      });
    });
  }
}

function addLegs(pile: Pile): void {
  for (const side of SIDES) {
    const top = crotch + 0.04;
    pile.only(SLOT.figure, TROUSERS, () => {
      pile.add(legTube(side, top, 0.07, [0.084, 0.066]), {
        part: side.leg,
        role: ROLE.bottom,
        lower: knee,
      });
    });
    pile.only(SLOT.figure, SHORTS, () => {
      pile.add(legTube(side, top, 0.2, [0.086, 0.082]), {
        part: side.leg,
        role: ROLE.bottom,
        lower: knee,
      });
    });
  }
}

function addHoodie(pile: Pile): void {
  pile.add(torsoShell({ from: 0.02, to: 0.93, offset: 0.02, rows: 8 }), {
    part: PART.torso,
    role: ROLE.top,
  });
  const hood = loft(
    [
      [0, heightAt(0.9), -0.075],
      [0.085, heightAt(0.94), -0.02],
      [0.075, heightAt(0.97), 0.07],
      [0, heightAt(0.97), 0.11],
      [-0.075, heightAt(0.97), 0.07],
      [-0.085, heightAt(0.94), -0.02],
      [0, heightAt(0.9), -0.075],
    ],
    [0.018, 0.028, 0.042, 0.05, 0.042, 0.028, 0.018],
    7,
  );
  pile.add(hood, { part: PART.torso, role: ROLE.top, shade: 0.9 });
  frontBand(pile, 0, 0.075, [0.16, 0.36], 0.027, ROLE.accent);
}

function addTunic(pile: Pile): void {
  const shell = torsoShell({ from: -0.2, to: 0.95, offset: 0.016, flare: 0.05, rows: 9 });
  pile.add(shell, { part: PART.hem, role: ROLE.top, lower: hemPull });
  pile.add(torsoShell({ from: 0.3, to: 0.36, offset: 0.026, rows: 2 }), {
    part: PART.torso,
    role: ROLE.accent,
  });
}

function addDress(pile: Pile): void {
  const skirt = torsoShell({
    from: -0.34,
    to: 0.42,
    offset: 0.014,
    flare: 0.15,
    rows: 8,
    segments: 18,
  });
  pile.add(skirt, {
    part: PART.hem,
    role: ROLE.top,
    lower: hemPull,
    shade: ([, y]) => mixed(1.22, 1, smooth(crotch - 0.24, crotch - 0.08, y)),
  });
  pile.add(torsoShell({ from: 0.36, to: 0.43, offset: 0.02, rows: 2 }), {
    part: PART.torso,
    role: ROLE.accent,
  });
}

function addCoat(pile: Pile): void {
  const shell = torsoShell({ from: -0.4, to: 0.94, offset: 0.022, flare: 0.085, rows: 10 });
  pile.add(shell, { part: PART.hem, role: ROLE.top, lower: hemPull });
  frontBand(pile, 0, 0.034, [0.14, 0.9], 0.026, ROLE.accent);
}

function addRobe(pile: Pile): void {
  const shell = torsoShell({
    from: -0.58,
    to: 0.94,
    offset: 0.018,
    flare: 0.13,
    rows: 11,
    segments: 18,
  });
  pile.add(shell, { part: PART.hem, role: ROLE.top, lower: hemPull });
  pile.add(torsoShell({ from: 0.28, to: 0.35, offset: 0.026, rows: 2 }), {
    part: PART.torso,
    role: ROLE.accent,
  });
}

function addOveralls(pile: Pile): void {
  const bib = torsoShell({ from: 0.02, to: 0.56, offset: 0.016, rows: 6 });
  pile.add(bib, { part: PART.torso, role: ROLE.bottom });
  for (const x of [-0.07, 0.07]) {
    frontBand(pile, x, 0.017, [0.52, 0.9], 0.012, ROLE.bottom);
    pile.add(ball(front(x, 0.54, 0.02), [0.014, 0.014, 0.009], 6, 4), {
      part: PART.torso,
      role: ROLE.accent,
    });
  }
}

function addJacket(pile: Pile): void {
  pile.add(torsoShell({ from: 0.1, to: 0.93, offset: 0.02, rows: 7 }), {
    part: PART.torso,
    role: ROLE.top,
  });
  frontBand(pile, 0, 0.052, [0.16, 0.9], 0.022, ROLE.accent);
  for (const x of [-0.056, 0.056]) {
    pile.add(
      loft(
        [front(x, 0.14, 0.022), front(x, 0.5, 0.024), front(x, 0.88, 0.022)],
        [0.009, 0.012, 0.009],
        5,
      ),
      {
        part: PART.torso,
        role: ROLE.top,
        shade: 0.82,
      },
    );
  }
}

function addSkirt(pile: Pile): void {
  const shell = torsoShell({
    from: -0.24,
    to: 0.26,
    offset: 0.012,
    flare: 0.14,
    rows: 6,
    segments: 16,
  });
  pile.add(shell, { part: PART.hem, role: ROLE.bottom, lower: hemPull });
}

/** A turned-down collar of the coat lies on the shoulders: the hoop is made upright and laid flat. */
function addCollar(pile: Pile): void {
  const collar = tilted(
    hoop([0, heightAt(0.95), 0.005], 0.088, 0.075, 0.024),
    [0, heightAt(0.95), 0.005],
    1.45,
  );
  pile.add(collar, { part: PART.torso, role: ROLE.top, shade: 0.86 });
}

export function addOutfits(pile: Pile): void {
  const worn = (figures: readonly number[], build: (pile: Pile) => void) =>
    pile.only(SLOT.figure, figures, () => build(pile));
  addSleeves(pile);
  addLegs(pile);
  worn(WEARS.hoodie, addHoodie);
  worn(WEARS.tunic, addTunic);
  worn(WEARS.dress, addDress);
  worn(WEARS.coat, addCoat);
  worn([...WEARS.coat, ...WEARS.jacket, ...WEARS.tunic], addCollar);
  worn(WEARS.robe, addRobe);
  worn(WEARS.overalls, addOveralls);
  worn(WEARS.jacket, addJacket);
  worn(WEARS.skirt, addSkirt);
  worn(WEARS.tee, (tee) => {
    tee.add(torsoShell({ from: 0.1, to: 0.93, offset: 0.015, rows: 7 }), {
      part: PART.torso,
      role: ROLE.top,
    });
    frontBand(tee, 0, 0.06, [0.5, 0.68], 0.018, ROLE.accent);
  });
}
