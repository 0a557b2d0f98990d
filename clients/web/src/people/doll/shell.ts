// shell: closed little surfaces (lofts, lathes, balls) as plain arrays. A doll is a pile of them: they
// intersect and are never welded.

export type Point = readonly [number, number, number];

export interface Shell {
  readonly points: Point[];
  /** Three indices a triangle. */
  readonly faces: number[];
}

const TURN = Math.PI * 2;

export function mixed(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

export function smooth(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** A superellipse's cosine and sine: exponent 2 is round, larger is squarer. */
export function rounded(angle: number, exponent: number): [number, number] {
  const power = 2 / exponent;
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return [Math.sign(c) * Math.abs(c) ** power, Math.sign(s) * Math.abs(s) ** power];
}

/** Rings of equal length joined by quads, with an optional point closing each end. */
export function ringsShell(rings: Point[][], first?: Point, last?: Point): Shell {
  const segments = rings[0]?.length ?? 0;
  const points: Point[] = rings.flat();
  const faces: number[] = [];
  for (let row = 0; row + 1 < rings.length; row++) {
    for (let i = 0; i < segments; i++) {
      const next = (i + 1) % segments;
      const a = row * segments + i;
      const b = row * segments + next;
      faces.push(a, b, b + segments, a, b + segments, a + segments);
    }
  }
  const close = (tip: Point, base: number, flip: boolean) => {
    const index = points.push(tip) - 1;
    for (let i = 0; i < segments; i++) {
      const a = base + i;
      const b = base + ((i + 1) % segments);
      faces.push(index, flip ? a : b, flip ? b : a);
    }
  };
  if (first) close(first, 0, false);
  if (last) close(last, (rings.length - 1) * segments, true);
  return { points, faces };
}

export interface LatheShape {
  readonly segments: number;
  /** Where the axis stands. */
  readonly at?: Point;
  readonly wide?: number;
  readonly deep?: number;
  readonly exponent?: number;
}

/** A profile of [radius, height] turned about the y axis. Ends with radius 0 become points. */
export function lathe(profile: readonly (readonly [number, number])[], shape: LatheShape): Shell {
  const [x, y, z] = shape.at ?? [0, 0, 0];
  const { wide = 1, deep = 1, exponent = 2 } = shape;
  const rings: Point[][] = [];
  let first: Point | undefined;
  let last: Point | undefined;
  for (const [radius, height] of profile) {
    if (radius === 0) {
      if (rings.length === 0) first = [x, y + height, z];
      else last = [x, y + height, z];
      continue;
    }
    const ring: Point[] = [];
    for (let i = 0; i < shape.segments; i++) {
      const [c, s] = rounded((i / shape.segments) * TURN, exponent);
      ring.push([x + c * radius * wide, y + height, z + s * radius * deep]);
    }
    rings.push(ring);
  }
  return ringsShell(rings, first, last);
}

export function ball(at: Point, size: Point, segments: number, rows: number, exponent = 2): Shell {
  const profile: [number, number][] = [[0, -size[1]]];
  for (let row = 1; row < rows; row++) {
    const [c, s] = rounded((row / rows) * Math.PI - Math.PI / 2, exponent);
    profile.push([c, s * size[1]]);
  }
  profile.push([0, size[1]]);
  return lathe(profile, { segments, at, wide: size[0], deep: size[2], exponent });
}

/** A tube along a path; `flat` squeezes it across, ends close in points. */
export function loft(
  path: readonly Point[],
  radii: readonly number[],
  segments: number,
  flat = 1,
): Shell {
  const rings = path.map((point, index): Point[] => {
    const before = path[Math.max(0, index - 1)] ?? point;
    const after = path[Math.min(path.length - 1, index + 1)] ?? point;
    const along = unit(minus(after, before));
    const guide: Point = Math.abs(along[1]) < 0.9 ? [0, 1, 0] : [0, 0, 1];
    const side = unit(cross(along, guide));
    const up = cross(side, along);
    const radius = radii[index] ?? 0;
    return Array.from({ length: segments }, (_, i): Point => {
      const c = Math.cos((i / segments) * TURN) * radius;
      const s = Math.sin((i / segments) * TURN) * radius * flat;
      return [
        point[0] + side[0] * c + up[0] * s,
        point[1] + side[1] * c + up[1] * s,
        point[2] + side[2] * c + up[2] * s,
      ];
    });
  });
  return ringsShell(rings, path[0], path[path.length - 1]);
}

/** A closed ring of tube in the plane that faces along z, or only the arc [from, to] of it. */
export function hoop(
  at: Point,
  wide: number,
  high: number,
  tube: number,
  arc?: [number, number],
): Shell {
  const [from, to] = arc ?? [0, TURN];
  const count = arc ? 11 : 13;
  const path = Array.from({ length: count }, (_, i): Point => {
    const angle = mixed(from, to, i / (count - 1));
    return [at[0] + Math.cos(angle) * wide, at[1] + Math.sin(angle) * high, at[2]];
  });
  return loft(
    path,
    path.map(() => tube),
    5,
  );
}

/** A row of a profile: where along the body, half width, half depth. */
export type ProfileRow = readonly [number, number, number];

/** A smooth curve through a profile's rows, read at `t` (Catmull-Rom, clamped at the ends). */
export function profileAt(rows: readonly ProfileRow[], t: number): [number, number] {
  const last = rows.length - 1;
  const at = (row: number): ProfileRow => rows[Math.min(last, Math.max(0, row))] ?? [0, 0, 0];
  let i = 0;
  while (i < last - 1 && t > at(i + 1)[0]) i++;
  const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
  const u = Math.min(1, Math.max(0, (t - b[0]) / (c[0] - b[0] || 1)));
  const curve = (p0: number, p1: number, p2: number, p3: number) => {
    const bend = (2 * p0 - 5 * p1 + 4 * p2 - p3) * u * u + (3 * (p1 - p2) + p3 - p0) * u ** 3;
    return 0.5 * (2 * p1 + (p2 - p0) * u + bend);
  };
  return [curve(a[1], b[1], c[1], d[1]), curve(a[2], b[2], c[2], d[2])];
}

export function moved(shell: Shell, change: (point: Point) => Point): Shell {
  return { points: shell.points.map(change), faces: shell.faces };
}

export function mirrored(shell: Shell): Shell {
  return moved(shell, ([x, y, z]) => [-x, y, z]);
}

/** Turns about the x axis through `pivot`: positive leans backwards what stands up. */
export function tilted(shell: Shell, pivot: Point, radians: number): Shell {
  const [c, s] = [Math.cos(radians), Math.sin(radians)];
  return moved(shell, ([x, y, z]) => {
    const [dy, dz] = [y - pivot[1], z - pivot[2]];
    return [x, pivot[1] + dy * c - dz * s, pivot[2] + dy * s + dz * c];
  });
}

/** Turns about the z axis through `pivot`. */
export function rolled(shell: Shell, pivot: Point, radians: number): Shell {
  const [c, s] = [Math.cos(radians), Math.sin(radians)];
  return moved(shell, ([x, y, z]) => {
    const [dx, dy] = [x - pivot[0], y - pivot[1]];
    return [pivot[0] + dx * c - dy * s, pivot[1] + dx * s + dy * c, z];
  });
}

export function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function unit(a: Point): Point {
  const length = Math.hypot(a[0], a[1], a[2]) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}
