// row_place: where a row of the picture is shown at a tick: the same sum as the far dolls' shader does.

import type { PictureView } from '@flux/sdk';

export interface ShownPlace {
  x: number;
  y: number;
  z: number;
  /** Turns. */
  yaw: number;
}

/** `ticks` are after the picture's epoch. */
export function rowPlace(picture: PictureView, row: number, ticks: number, out: ShownPlace): void {
  const { from, to, time } = picture;
  const start = time[row * 2] ?? 0;
  const span = Math.max((time[row * 2 + 1] ?? 0) - start, 0.001);
  const t = Math.min(1, Math.max(0, (ticks - start) / span));
  const at = row * 4;
  const mix = (k: number) => {
    const a = from[at + k] ?? 0;
    return a + ((to[at + k] ?? 0) - a) * t;
  };
  out.x = mix(0);
  out.y = mix(1);
  out.z = mix(2);
  out.yaw = mix(3);
}
