// pile: gathers shells into the arrays of one geometry, with what the shader must know of each vertex.

import { type Part, ROLE, type Role, SLOT, type Slot } from './measure.ts';
import { cross, minus, type Point, type Shell, unit } from './shell.ts';

export interface Dress {
  readonly part: Part;
  readonly role: Role;
  /** sRGB of a fixed colour. */
  readonly color?: string;
  /** Multiplies the role's colour. */
  readonly shade?: number | ((point: Point) => number);
  /** 0 to 1: how far the vertex follows the lower limb, or for a hem the legs. */
  readonly lower?: (point: Point) => number;
  /** For open shells, which way is outside; closed ones find it by themselves. */
  readonly outwards?: Point;
}

/** A run of vertices and indices that the same choices show. */
export interface PilePart {
  readonly slot: Slot;
  /** A bit for each choice. */
  readonly mask: number;
  readonly firstVertex: number;
  vertices: number;
  readonly firstIndex: number;
  indices: number;
}

export interface PileArrays {
  readonly position: Float32Array;
  readonly normal: Float32Array;
  /** Linear shade in rgb, the lower limb's weight in a. */
  readonly shade: Uint8Array;
  /** part << 24 | role << 20 | slot << 16 | mask of the choices that show it. */
  readonly mark: Uint32Array;
  readonly index: Uint16Array;
  readonly parts: readonly PilePart[];
}

const ALL = 0xffff;

export class Pile {
  private readonly position: number[] = [];
  private readonly normal: number[] = [];
  private readonly shade: number[] = [];
  private readonly mark: number[] = [];
  private readonly index: number[] = [];
  private readonly parts: PilePart[] = [];
  private slot: Slot = SLOT.always;
  private mask = ALL;

  /** What `build` adds shows only for these choices of the slot. */
  only(slot: Slot, choices: readonly number[], build: () => void): void {
    const [slotBefore, maskBefore] = [this.slot, this.mask];
    this.slot = slot;
    this.mask = choices.reduce((mask, choice) => mask | (1 << choice), 0);
    build();
    [this.slot, this.mask] = [slotBefore, maskBefore];
  }

  add(shell: Shell, dress: Dress): void {
    const base = this.position.length / 3;
    const flip = facesInwards(shell, dress.outwards);
    const normals = smoothNormals(shell, flip);
    const fixed = dress.role === ROLE.fixed ? linear(dress.color ?? '#fff4e3') : undefined;
    const mark = ((dress.part << 24) | (dress.role << 20) | (this.slot << 16) | this.mask) >>> 0;
    shell.points.forEach((point, i) => {
      const shade = typeof dress.shade === 'function' ? dress.shade(point) : (dress.shade ?? 1);
      const [r, g, b] = fixed ?? [1, 1, 1];
      const byte = (value: number) =>
        Math.round(Math.min(1, value * shade * (fixed ? 1 : 0.8)) * 255);
      const lower = Math.round(Math.min(1, Math.max(0, dress.lower?.(point) ?? 0)) * 255);
      this.position.push(...point);
      this.normal.push(...(normals[i] ?? [0, 1, 0]));
      this.shade.push(byte(r), byte(g), byte(b), lower);
      this.mark.push(mark);
    });
    for (let i = 0; i + 2 < shell.faces.length; i += 3) {
      const [a, b, c] = triangle(shell, i);
      this.index.push(base + a, base + (flip ? c : b), base + (flip ? b : c));
    }
    this.note(shell.points.length, shell.faces.length);
  }

  private note(vertices: number, indices: number): void {
    const last = this.parts[this.parts.length - 1];
    if (last && last.slot === this.slot && last.mask === this.mask) {
      last.vertices += vertices;
      last.indices += indices;
      return;
    }
    this.parts.push({
      slot: this.slot,
      mask: this.mask,
      firstVertex: this.position.length / 3 - vertices,
      vertices,
      firstIndex: this.index.length - indices,
      indices,
    });
  }

  arrays(): PileArrays {
    return {
      position: new Float32Array(this.position),
      normal: new Float32Array(this.normal),
      shade: new Uint8Array(this.shade),
      mark: new Uint32Array(this.mark),
      index: new Uint16Array(this.index),
      parts: this.parts,
    };
  }
}

/** Shades of roles are stored times this, so that they may also brighten a little. */
export const SHADE_UNIT = 0.8;

/** sRGB '#rrggbb' to linear light. */
export function linear(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  const channel = (shift: number) => {
    const c = ((value >> shift) & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(16), channel(8), channel(0)];
}

function triangle(shell: Shell, at: number): [number, number, number] {
  return [shell.faces[at] ?? 0, shell.faces[at + 1] ?? 0, shell.faces[at + 2] ?? 0];
}

function corner(shell: Shell, index: number): Point {
  return shell.points[index] ?? [0, 0, 0];
}

/** By the sign of the enclosed volume, or against the direction given for an open shell. */
function facesInwards(shell: Shell, outwards?: Point): boolean {
  const count = shell.points.length;
  const middle = [0, 1, 2].map(
    (k) => shell.points.reduce((sum, point) => sum + (point[k] ?? 0), 0) / count,
  );
  const centre: Point = [middle[0] ?? 0, middle[1] ?? 0, middle[2] ?? 0];
  let sign = 0;
  for (let i = 0; i + 2 < shell.faces.length; i += 3) {
    const [a, b, c] = triangle(shell, i);
    const from = corner(shell, a);
    const normal = cross(minus(corner(shell, b), from), minus(corner(shell, c), from));
    const along = outwards ?? minus(from, centre);
    sign += normal[0] * along[0] + normal[1] * along[1] + normal[2] * along[2];
  }
  return sign < 0;
}

function smoothNormals(shell: Shell, flip: boolean): Point[] {
  const sums = shell.points.map((): [number, number, number] => [0, 0, 0]);
  for (let i = 0; i + 2 < shell.faces.length; i += 3) {
    const face = triangle(shell, i);
    const from = corner(shell, face[0]);
    const normal = cross(minus(corner(shell, face[1]), from), minus(corner(shell, face[2]), from));
    for (const index of face) {
      const sum = sums[index];
      if (!sum) continue;
      for (const k of [0, 1, 2] as const) sum[k] += flip ? -normal[k] : normal[k];
    }
  }
  return sums.map(unit);
}
