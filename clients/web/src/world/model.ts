// model: something that can be placed many times: what is drawn of it from near and from afar, what one
// bumps into, and what it offers. In its own space.

import type { BufferGeometry, Color, Matrix4, Object3D } from 'three';
import type { SurfaceKind } from './surface.ts';
import type { GroundKind, SoundKind } from './world_features.ts';

export type SurfaceParts = ReadonlyMap<SurfaceKind, BufferGeometry>;

export interface SolidPart {
  readonly ground: GroundKind;
  readonly geometry: BufferGeometry;
  /** From the geometry's space to the model's. */
  readonly matrix: Matrix4;
}

export interface ModelLight {
  readonly matrix: Matrix4;
  readonly color: string;
  readonly intensity: number;
  readonly range: number;
}

export interface Model {
  readonly full: SurfaceParts;
  /** For weak machines and eyes far away; the same as `full` when there is no other. */
  readonly low: SurfaceParts;
  readonly solids: readonly SolidPart[];
  /** Each looks along its +z. */
  readonly seats: readonly Matrix4[];
  readonly lights: readonly ModelLight[];
  readonly sounds: readonly { readonly kind: SoundKind; readonly matrix: Matrix4 }[];
  /** Made by others, with materials and pictures of its own: drawn as it is. */
  readonly foreign: Object3D | null;
}

/** One place where a model stands. */
export interface Placement {
  readonly model: Model;
  readonly matrix: Matrix4;
  readonly tint: Color;
  /** Lighter or darker than others of its model: about 1. */
  readonly shade: number;
  readonly castShadow: boolean;
}

/** The same for the same place, so that things of one model are not all alike. */
export function shadeAt(matrix: Matrix4): number {
  const [x, z] = [matrix.elements[12], matrix.elements[14]];
  const wave = Math.sin(x * 12.9898 + z * 78.233) * 43758.5453;
  return 1 + (wave - Math.floor(wave) - 0.5) * 0.07;
}
