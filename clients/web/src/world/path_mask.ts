// path_mask: where the ground is paved, as a small soft picture seen from above: grass is worn around it.

import { DataTexture, LinearFilter, RedFormat, Vector3 } from 'three';
import type { Placement } from './model.ts';

/** Metres from the world's middle to each side of the picture. */
export const PATH_BOX = 64;
const PIXELS = 256;
/** Paving is at most so high, and things this flat are paving. */
const HEIGHT_MAX = 0.35;
const BLUR_PIXELS = 4;

export interface PathMask {
  readonly texture: DataTexture;
}

export function pathMask(placements: readonly Placement[]): PathMask {
  const cells = new Float32Array(PIXELS * PIXELS);
  for (const placement of placements) addFlat(cells, placement);
  const soft = blurred(blurred(cells));
  const texture = new DataTexture(
    Uint8Array.from(soft, (share) => Math.round(Math.min(1, share) * 255)),
    PIXELS,
    PIXELS,
    RedFormat,
  );
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return { texture };
}

const pixel = (metres: number): number => ((metres + PATH_BOX) / (PATH_BOX * 2)) * PIXELS;

function addFlat(cells: Float32Array, { model, matrix }: Placement): void {
  const geometry = model.low.get('solid');
  if (!geometry) return;
  if (!geometry.boundingBox) geometry.computeBoundingBox();
  const box = geometry.boundingBox?.clone().applyMatrix4(matrix);
  if (!box || box.max.y > HEIGHT_MAX || box.max.y - box.min.y > HEIGHT_MAX) return;
  const position = geometry.getAttribute('position');
  const count = geometry.index?.count ?? 0;
  const corners = [new Vector3(), new Vector3(), new Vector3()] as const;
  for (let i = 0; i + 2 < count; i += 3) {
    corners.forEach((corner, k) => {
      corner.fromBufferAttribute(position, geometry.index?.getX(i + k) ?? 0).applyMatrix4(matrix);
    });
    fill(cells, corners);
  }
}

type Corners = readonly [Vector3, Vector3, Vector3];

/** Pixels whose middle is in the triangle, seen from above. */
function fill(cells: Float32Array, [a, b, c]: Corners): void {
  const [ax, az, bx, bz, cx, cz] = [a.x, a.z, b.x, b.z, c.x, c.z].map(pixel) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const area = (bx - ax) * (cz - az) - (cx - ax) * (bz - az);
  if (Math.abs(area) < 1e-6) return;
  const clamp = (value: number) => Math.min(PIXELS - 1, Math.max(0, value));
  const [x0, x1] = [
    clamp(Math.floor(Math.min(ax, bx, cx))),
    clamp(Math.ceil(Math.max(ax, bx, cx))),
  ];
  const [z0, z1] = [
    clamp(Math.floor(Math.min(az, bz, cz))),
    clamp(Math.ceil(Math.max(az, bz, cz))),
  ];
  for (let z = z0; z <= z1; z++) {
    for (let x = x0; x <= x1; x++) {
      const [px, pz] = [x + 0.5, z + 0.5];
      const u = ((px - ax) * (cz - az) - (cx - ax) * (pz - az)) / area;
      const v = ((bx - ax) * (pz - az) - (px - ax) * (bz - az)) / area;
      if (u >= 0 && v >= 0 && u + v <= 1) cells[z * PIXELS + x] = 1;
    }
  }
}

/** A box blur along both axes. */
function blurred(cells: Float32Array): Float32Array {
  return along(along(cells, 1, PIXELS), PIXELS, 1);
}

function along(cells: Float32Array, step: number, line: number): Float32Array {
  const out = new Float32Array(cells.length);
  for (let row = 0; row < PIXELS; row++) {
    // What stands beyond an edge is as the edge is.
    const at = (i: number) => cells[row * line + Math.min(PIXELS - 1, Math.max(0, i)) * step] ?? 0;
    let sum = 0;
    for (let k = -BLUR_PIXELS; k < BLUR_PIXELS; k++) sum += at(k);
    for (let i = 0; i < PIXELS; i++) {
      sum += at(i + BLUR_PIXELS);
      out[row * line + i * step] = sum / (BLUR_PIXELS * 2 + 1);
      sum -= at(i - BLUR_PIXELS);
    }
  }
  return out;
}
