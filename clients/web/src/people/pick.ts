// pick: who is under the pointer: the nearest body that the ray passes close by.

import type { EntityId, PictureView } from '@flux/sdk';
import type { Camera } from 'three';
import { Vector3 } from 'three';
import { rowPlace, type ShownPlace } from './row_place.ts';

const BODY_RADIUS = 0.34;
const CHEST = 0.85;
const BODY_HALF = 0.75;
const REACH = 80;

/** `x` and `y` from -1 to 1, up positive. Null when nobody is there. */
export function pick(
  picture: PictureView,
  ticks: number,
  camera: Camera,
  x: number,
  y: number,
  self: EntityId,
): EntityId | null {
  const ray = new Vector3(x, y, 0.5).unproject(camera).sub(camera.position).normalize();
  const place: ShownPlace = { x: 0, y: 0, z: 0, yaw: 0 };
  const to = new Vector3();
  let best = REACH;
  let picked: EntityId | null = null;
  for (let row = 0; row < picture.count; row++) {
    const id = picture.id[row] ?? 0;
    if (picture.kind[row] !== 0 || id === self) continue;
    rowPlace(picture, row, ticks, place);
    to.set(place.x, place.y + CHEST, place.z).sub(camera.position);
    const along = to.dot(ray);
    if (along <= 0 || along >= best) continue;
    const off = ray.clone().multiplyScalar(along).sub(to);
    // An upright capsule, nearly: what is left after the body's height is the distance sideways.
    const upright = Math.max(0, Math.abs(off.y) - BODY_HALF);
    if (Math.hypot(off.x, off.z, upright) > BODY_RADIUS + along * 0.006) continue;
    best = along;
    picked = id as EntityId;
  }
  return picked;
}
