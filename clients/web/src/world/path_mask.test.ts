import { BoxGeometry, Color, Matrix4 } from 'three';
import { expect, it } from 'vitest';
import type { Placement } from './model.ts';
import { PATH_BOX, pathMask } from './path_mask.ts';
import { SurfaceBuilder } from './surface_builder.ts';

function slab(height: number): Placement {
  const builder = new SurfaceBuilder();
  builder.append(new BoxGeometry(20, height, 10), new Matrix4(), () => {});
  const parts = new Map([['solid' as const, builder.finish()]]);
  const model = {
    full: parts,
    low: parts,
    solids: [],
    seats: [],
    lights: [],
    sounds: [],
    foreign: null,
  };
  const matrix = new Matrix4().makeTranslation(30, 0, 0);
  return { model, matrix, tint: new Color('#ffffff'), shade: 1, castShadow: true };
}

function at(mask: ReturnType<typeof pathMask>, x: number, z: number): number {
  const { data, width } = mask.texture.image as { data: Uint8Array; width: number };
  const pixel = (metres: number) => Math.floor(((metres + PATH_BOX) / (PATH_BOX * 2)) * width);
  return data[pixel(z) * width + pixel(x)] ?? Number.NaN;
}

it('paving is in the mask, its rim fades, and walls are not paving', () => {
  const mask = pathMask([slab(0.1)]);
  expect(at(mask, 30, 0)).toBe(255);
  expect(at(mask, 30, 5)).toBeGreaterThan(60);
  expect(at(mask, 30, 5)).toBeLessThan(200);
  expect(at(mask, 30, 12)).toBe(0);
  expect(at(mask, -30, 0)).toBe(0);
  expect(at(pathMask([slab(3)]), 30, 0)).toBe(0);
});
