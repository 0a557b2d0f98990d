// forms: the geometry of each kind of shape in the document, standing as the schema says, in its own
// space. Fine or light for the eye, or plain for what people bump into.

import {
  type BufferGeometry,
  CapsuleGeometry,
  ExtrudeGeometry,
  type Path,
  Shape,
  SphereGeometry,
  TorusGeometry,
} from 'three';
import { bevelledBox } from './bevelled_box.ts';
import { leafyBall } from './leafy_ball.ts';
import { steps } from './steps.ts';
import { type Profile, turned } from './turned.ts';
import type { WorldShape } from './unfold.ts';
import { wedge } from './wedge.ts';

/** What the eye gets: light is for machines that cannot draw much. */
export type EyeDetail = 'fine' | 'light';
export type Detail = EyeDetail | 'plain';

/** The kinds that this makes; text, lights and models are made elsewhere. */
export type FormShape = Exclude<
  WorldShape,
  { kind: 'text' } | { kind: 'light' } | { kind: 'model' }
>;

export function isForm(shape: WorldShape): shape is FormShape {
  return shape.kind !== 'text' && shape.kind !== 'light' && shape.kind !== 'model';
}

/** More segments for larger things, so that curves look the same from where one sees them. */
function segmentsFor(diameter: number, detail: Detail): number {
  if (detail === 'plain') return diameter > 8 ? 20 : 10;
  if (detail === 'light')
    return Math.max(6, Math.min(28, Math.round(5 + 2.6 * Math.sqrt(diameter))));
  return Math.max(8, Math.min(56, Math.round(8 + 4.4 * Math.sqrt(diameter))));
}

/** Flat rounds are few and one stands on them: their corners would show. */
function flatSegments(diameter: number, detail: Detail): number {
  const times = detail === 'plain' ? 1 : detail === 'light' && diameter < 8 ? 1.2 : 2.2;
  return Math.round(segmentsFor(diameter, detail) * times);
}

/** A straight-sided column with chamfered rims. */
function column(bottom: number, top: number, height: number, detail: Detail): Profile {
  // On a thin post nobody sees it.
  const isChamfered = detail === 'fine' && bottom > 0.12;
  const chamfer = isChamfered ? Math.min(0.03, bottom * 0.2, height * 0.2) : 0;
  if (top === 0)
    return [
      [0, 0],
      [bottom, 0],
      [0, height],
    ];
  if (chamfer === 0)
    return [
      [0, 0],
      [bottom, 0],
      [top, height],
      [0, height],
    ];
  const c = Math.min(chamfer, top * 0.3);
  return [
    [0, 0],
    [bottom - c, 0],
    [bottom, c],
    [top, height - c],
    [top - c, height],
    [0, height],
  ];
}

function tube(outer: number, inner: number, height: number, detail: Detail): Profile {
  if (inner <= 0) return column(outer, outer, height, detail);
  const c = detail === 'fine' ? Math.min(0.04, (outer - inner) * 0.25, height * 0.25) : 0;
  const profile: [number, number][] = [
    [inner, 0],
    [outer, 0],
    [outer, height - c],
    [outer - c, height],
    [inner + c, height],
    [inner, height - c],
    [inner, 0],
  ];
  return profile;
}

const ARCH_SEGMENTS = { fine: 6, light: 3, plain: 6 } as const;

function archShape(width: number, height: number): Shape {
  const radius = Math.min(width / 2, height / 2);
  const shape = new Shape();
  trace(shape, width, height, radius);
  return shape;
}

function trace(path: Path, width: number, height: number, radius: number): void {
  const half = width / 2;
  path.moveTo(-half, 0);
  path.lineTo(half, 0);
  path.lineTo(half, height - radius);
  path.absellipse(0, height - radius, half, radius, 0, Math.PI, false, 0);
  path.lineTo(-half, 0);
}

/** Upright, with an opening of the same form when `hole` is above 0. */
function arch(
  size: readonly [number, number, number],
  hole: number,
  detail: Detail,
): BufferGeometry {
  const [width, height, depth] = size;
  const shape = archShape(width, height);
  const curveSegments = ARCH_SEGMENTS[detail];
  if (hole > 0) {
    const jamb = (width * (1 - hole)) / 2;
    const outline = new Shape();
    const [w, h] = [width - 2 * jamb, height - jamb];
    // One outline round the jambs rather than a hole: the opening starts at the foot.
    const radius = Math.min(width / 2, height / 2);
    const inner = Math.min(w / 2, h / 2);
    outline.moveTo(-width / 2, 0);
    outline.lineTo(-w / 2, 0);
    outline.lineTo(-w / 2, h - inner);
    outline.absellipse(0, h - inner, w / 2, inner, Math.PI, 0, true, 0);
    outline.lineTo(w / 2, 0);
    outline.lineTo(width / 2, 0);
    outline.lineTo(width / 2, height - radius);
    outline.absellipse(0, height - radius, width / 2, radius, 0, Math.PI, false, 0);
    outline.lineTo(-width / 2, 0);
    return new ExtrudeGeometry(outline, { depth, bevelEnabled: false, curveSegments }).translate(
      0,
      0,
      -depth / 2,
    );
  }
  return new ExtrudeGeometry(shape, { depth, bevelEnabled: false, curveSegments }).translate(
    0,
    0,
    -depth / 2,
  );
}

function torus(
  size: readonly [number, number, number],
  arc: number,
  detail: Detail,
): BufferGeometry {
  const [x, tube, z] = size;
  const around = segmentsFor(x, detail);
  const across = detail === 'fine' ? 12 : 6;
  const span = (arc / 360) * Math.PI * 2;
  const geometry = new TorusGeometry((x - tube) / 2, tube / 2, across, around, span);
  // Its arc begins at +x; the schema's has its middle at -z.
  geometry.rotateX(-Math.PI / 2).rotateY(Math.PI / 2 - span / 2);
  return geometry.scale(1, 1, (z - tube) / (x - tube));
}

function dome(size: readonly [number, number, number], detail: Detail): BufferGeometry {
  const [x, y, z] = size;
  const around = segmentsFor(x, detail);
  // Hills lie far off: they need no more than their outline.
  const rows = detail === 'light' ? 4 : detail === 'fine' && x < 20 ? 9 : 5;
  const cap = new SphereGeometry(1, around, rows, 0, Math.PI * 2, 0, Math.PI / 2);
  return cap.scale(x / 2, y, z / 2);
}

/** Around and from pole to pole. Petals and beads are small, clouds are far. */
function ballSegments(extent: number, detail: Detail): [number, number] {
  if (detail === 'plain') {
    const around = segmentsFor(extent, detail);
    return [around, Math.max(5, Math.round(around * 0.6))];
  }
  const isFine = detail === 'fine';
  if (extent < 0.25) return isFine ? [6, 4] : [4, 3];
  if (extent > 7) return isFine ? [22, 12] : [9, 5];
  const around = segmentsFor(extent, detail);
  return [around, Math.max(4, Math.round(around * 0.6))];
}

function sphere(
  shape: FormShape & { kind: 'sphere' | 'cone' | 'dome' | 'capsule' },
  leafy: boolean,
  detail: Detail,
): BufferGeometry {
  const [x, y, z] = shape.size;
  if (leafy && detail !== 'plain') return leafyBall(shape.size, detail);
  const [around, rows] = ballSegments(Math.max(x, y, z), detail);
  const ball = new SphereGeometry(0.5, around, rows);
  return ball.scale(x, y, z);
}

/** `leafy`: its material has the foliage effect. */
export function formOf(shape: FormShape, detail: Detail, leafy = false): BufferGeometry {
  switch (shape.kind) {
    case 'box': {
      const [x, y, z] = shape.size;
      return bevelledBox(x, y, z, detail === 'fine' ? (shape.bevel ?? 0.04) : 0);
    }
    case 'cylinder': {
      const [x, y, z] = shape.size;
      const profile = column(x / 2, (x / 2) * (shape.top ?? 1), y, detail);
      return turned(profile, {
        segments: y < 0.3 ? flatSegments(x, detail) : segmentsFor(x, detail),
        deep: z / x,
      });
    }
    case 'cone': {
      const [x, y, z] = shape.size;
      return turned(column(x / 2, 0, y, detail), { segments: segmentsFor(x, detail), deep: z / x });
    }
    case 'sphere':
      return sphere({ ...shape, kind: 'sphere' }, leafy, detail);
    case 'dome':
      return dome(shape.size, detail);
    case 'capsule': {
      const [x, y] = shape.size;
      const round = detail === 'fine' ? 6 : 3;
      const straight = Math.max(0.001, y - x);
      return new CapsuleGeometry(x / 2, straight, round, segmentsFor(x, detail)).translate(
        0,
        y / 2,
        0,
      );
    }
    case 'torus':
      return torus(shape.size, shape.arc ?? 360, detail);
    case 'ring': {
      const [x, y, z] = shape.size;
      const profile = tube(x / 2, (x / 2) * shape.hole, y, detail);
      return turned(profile, {
        segments: segmentsFor(x, detail),
        arc: shape.arc ?? 360,
        deep: z / x,
      });
    }
    case 'arch':
      return arch(shape.size, shape.hole ?? 0, detail);
    case 'wedge':
      return wedge(...shape.size);
    case 'stairs':
      return steps(shape.size, shape.steps);
    case 'plane': {
      const [x, z] = shape.size;
      return bevelledFlat(x, z);
    }
    case 'disc': {
      const [x, z] = shape.size;
      const profile: Profile = [
        [x / 2, 0],
        [(x / 2) * (shape.hole ?? 0), 0],
      ];
      return turned(profile, {
        segments: flatSegments(x, detail),
        arc: shape.arc ?? 360,
        deep: z / x,
      });
    }
  }
}

function bevelledFlat(x: number, z: number): BufferGeometry {
  const profile: Profile = [
    [Math.SQRT1_2, 0],
    [0, 0],
  ];
  // Four segments of a turn make a square; turned by an eighth it lies along the axes.
  return turned(profile, { segments: 4 })
    .rotateY(Math.PI / 4)
    .scale(x, 1, z);
}
