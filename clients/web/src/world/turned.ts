// turned: surfaces of revolution about y with sharp edges: cylinders, rings, cones, discs. Each stretch
// of the profile is a strip of its own, smooth around and flat along, so that a chamfer reads as one.

import { BufferAttribute, BufferGeometry } from 'three';

/** [radius, height], in order so that the outside is on the right when walking upwards. */
export type Profile = readonly (readonly [number, number])[];

export interface Turn {
  readonly segments: number;
  /** Degrees, its middle towards -z. */
  readonly arc?: number;
  /** Stretch along x and z. */
  readonly wide?: number;
  readonly deep?: number;
}

/** `profile` runs from the foot outwards and up; a closed one may have its ends capped by an arc. */
export function turned(profile: Profile, turn: Turn): BufferGeometry {
  const { segments, arc = 360, wide = 1, deep = 1 } = turn;
  const span = (arc / 360) * Math.PI * 2;
  const start = Math.PI - span / 2;
  const position: number[] = [];
  const normal: number[] = [];
  const index: number[] = [];
  for (let row = 0; row + 1 < profile.length; row++) {
    const [r0, y0] = profile[row] ?? [0, 0];
    const [r1, y1] = profile[row + 1] ?? [0, 0];
    if (r0 === r1 && y0 === y1) continue;
    const length = Math.hypot(r1 - r0, y1 - y0);
    const [out, up] = [(y1 - y0) / length, (r0 - r1) / length];
    const base = position.length / 3;
    for (let i = 0; i <= segments; i++) {
      const angle = start + (span * i) / segments;
      const [s, c] = [Math.sin(angle), Math.cos(angle)];
      position.push(r0 * s * wide, y0, r0 * c * deep, r1 * s * wide, y1, r1 * c * deep);
      const [nx, nz] = [(out * s) / wide, (out * c) / deep];
      const size = Math.hypot(nx, up, nz) || 1;
      normal.push(nx / size, up / size, nz / size, nx / size, up / size, nz / size);
      if (i === segments) continue;
      const at = base + i * 2;
      if (r0 > 0) index.push(at, at + 2, at + 3);
      if (r1 > 0) index.push(at, at + 3, at + 1);
      if (r0 === 0 && r1 > 0) continue;
    }
  }
  if (arc < 360) for (const end of [0, 1] as const) addCap(end);
  function addCap(end: 0 | 1): void {
    const angle = start + span * end;
    const [s, c] = [Math.sin(angle), Math.cos(angle)];
    const side = end === 0 ? -1 : 1;
    const base = position.length / 3;
    for (const [r, y] of profile) {
      position.push(r * s * wide, y, r * c * deep);
      normal.push(side * c, 0, -side * s);
    }
    for (let i = 1; i + 1 < profile.length; i++) {
      index.push(base, base + (end === 0 ? i : i + 1), base + (end === 0 ? i + 1 : i));
    }
  }
  return geometryOf(position, normal, index);
}

export function geometryOf(position: number[], normal: number[], index: number[]): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(position), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normal), 3));
  geometry.setIndex(index);
  return geometry;
}
