// face: the head's form and what is drawn on its front. Eyes and mouth lie on the head's own surface.

import { MEASURE, PART, type Part, ROLE } from './measure.ts';
import type { Dress, Pile } from './pile.ts';
import { ball, type Point, ringsShell, rounded, type Shell, smooth } from './shell.ts';

const { chin, head, headHalfWidth, headHalfDepth, eyeX, eyeY, mouthY } = MEASURE;
const FRONT: Point = [0, 0, -1];

/** Half width and half depth of the head at a height: 0 chin, 1 crown. */
function headSize(height: number): [number, number] {
  const u = Math.abs(2 * Math.min(1, Math.max(0, height)) - 1);
  const r = (1 - Math.min(0.9999, u) ** 2.5) ** 0.4;
  const cheeks =
    1 + 0.06 * Math.exp(-(((height - 0.3) / 0.2) ** 2)) - 0.03 * smooth(0.6, 1, height);
  return [headHalfWidth * r * cheeks, headHalfDepth * r];
}

/**
 * A point on the head: `around` is 0 in front and grows to the right, `down` is 0 at the crown and pi
 * at the chin; `out` lifts it off the surface.
 */
export function headPoint(around: number, down: number, out = 0): Point {
  const [up] = rounded(down, 2.5);
  const height = 0.5 + 0.5 * up;
  const [wide, deep] = headSize(height);
  const [front, side] = rounded(around, 2.15);
  const lift = out * Math.sin(down);
  return [
    side * (wide + lift),
    chin + height * head + out * Math.cos(down),
    -front * (deep + lift),
  ];
}

/** The point of the face at x and y, `out` in front of the skin. */
export function facePoint(x: number, y: number, out: number): Point {
  const [wide, deep] = headSize((y - chin) / head);
  const z = deep * (1 - Math.min(0.999, Math.abs(x) / wide) ** 2.15) ** (1 / 2.15);
  return [x, y, -z - out];
}

/** An oval on the face. */
export function decal(
  x: number,
  y: number,
  size: readonly [number, number],
  out: number,
  segments = 10,
): Shell {
  const ring = (scale: number, lift: number): Point[] =>
    Array.from({ length: segments }, (_, i) => {
      const angle = (i / segments) * Math.PI * 2;
      return facePoint(
        x + Math.cos(angle) * size[0] * scale,
        y + Math.sin(angle) * size[1] * scale,
        lift,
      );
    });
  return ringsShell([ring(1, -0.002), ring(0.86, out)], undefined, facePoint(x, y, out * 1.3));
}

/** A line on the face along the curve, thinner towards its ends. */
export function stroke(
  curve: readonly (readonly [number, number])[],
  width: number,
  out = 0.005,
): Shell {
  const points: Point[] = [];
  const faces: number[] = [];
  curve.forEach(([x, y], i) => {
    const u = (i / (curve.length - 1)) * 2 - 1;
    const half = (width / 2) * Math.sqrt(Math.max(0.1, 1 - u ** 4));
    points.push(facePoint(x, y + half, out), facePoint(x, y - half, out));
    if (i + 1 < curve.length) faces.push(2 * i, 2 * i + 1, 2 * i + 3, 2 * i, 2 * i + 3, 2 * i + 2);
  });
  return { points, faces };
}

function bow(x: number, y: number, half: number, sag: number, count = 7): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const t = (i / (count - 1)) * 2 - 1;
    return [x + t * half, y + sag * (1 - t * t)];
  });
}

function headBall(segments: number, rows: number): Shell {
  const rings: Point[][] = [];
  for (let row = 1; row < rows; row++) {
    rings.push(
      Array.from({ length: segments }, (_, i) =>
        headPoint((i / segments) * Math.PI * 2, (row / rows) * Math.PI),
      ),
    );
  }
  return ringsShell(rings, headPoint(0, 0), headPoint(0, Math.PI));
}

const fixed = (part: Part, color: string): Dress => ({
  part,
  role: ROLE.fixed,
  color,
  outwards: FRONT,
});

function addEye(pile: Pile, sign: number): void {
  const x = sign * eyeX;
  pile.add(decal(x, eyeY, [0.026, 0.039], 0.006, 12), fixed(PART.eye, '#3a2e52'));
  pile.add(decal(x + 0.009, eyeY + 0.016, [0.0095, 0.012], 0.012, 7), fixed(PART.eye, '#fff4e3'));
  pile.add(decal(x - 0.008, eyeY - 0.017, [0.005, 0.006], 0.011, 6), fixed(PART.eye, '#8d76c6'));
  pile.add(stroke(bow(x, eyeY + 0.064, 0.029, 0.011), 0.013), {
    part: PART.head,
    role: ROLE.hair,
    shade: 0.7,
    outwards: FRONT,
  });
  pile.add(decal(x * 1.5, eyeY - 0.054, [0.031, 0.02], 0.002), {
    part: PART.head,
    role: ROLE.blush,
    outwards: FRONT,
  });
  pile.add(ball([sign * 0.213, eyeY - 0.005, 0.012], [0.026, 0.042, 0.03], 7, 5), {
    part: PART.head,
    role: ROLE.skin,
    shade: 0.94,
  });
}

export function addFace(pile: Pile): void {
  pile.add(headBall(20, 12), { part: PART.head, role: ROLE.skin });
  pile.add(ball(facePoint(0, eyeY - 0.022, 0), [0.021, 0.017, 0.018], 8, 5), {
    part: PART.head,
    role: ROLE.skin,
    shade: 0.93,
  });
  addEye(pile, -1);
  addEye(pile, 1);
  pile.add(stroke(bow(0, mouthY + 0.008, 0.042, -0.02, 9), 0.0115), fixed(PART.smile, '#8a3f48'));
  pile.add(decal(0, mouthY - 0.006, [0.036, 0.03], 0.006, 12), fixed(PART.mouth, '#7a2f45'));
  pile.add(decal(0, mouthY - 0.02, [0.022, 0.012], 0.009, 8), fixed(PART.mouth, '#ef7f7f'));
}
