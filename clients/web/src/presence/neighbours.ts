import { type EntityId, entityId, type PictureView } from '@flux/sdk';

export interface Neighbour {
  readonly id: EntityId;
  /** Metres. */
  readonly distance: number;
}

/** The nearest people, nearest first, ourselves left out. Reads where they last were. */
export const nearestPeople = (
  picture: Pick<PictureView, 'count' | 'id' | 'kind' | 'to'>,
  self: EntityId,
  from: { readonly x: number; readonly z: number },
  most: number,
): readonly Neighbour[] => {
  const people: Neighbour[] = [];
  for (let row = 0; row < picture.count; row += 1) {
    const id = entityId(picture.id[row] ?? 0);
    if (picture.kind[row] !== 0 || id === self) continue;
    const dx = (picture.to[row * 4] ?? 0) - from.x;
    const dz = (picture.to[row * 4 + 2] ?? 0) - from.z;
    people.push({ id, distance: Math.hypot(dx, dz) });
  }
  return people.sort((a, b) => a.distance - b.distance).slice(0, most);
};
