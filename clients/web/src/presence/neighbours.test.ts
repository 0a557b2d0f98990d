import { entityId } from '@flux/sdk';
import { expect, test } from 'vitest';
import { nearestPeople } from './neighbours.ts';

const picture = {
  count: 4,
  id: Uint32Array.of(1, 2, 3, 4, 99),
  kind: Uint8Array.of(0, 0, 0, 1, 0),
  to: Float32Array.of(0, 0, 0, 0, 3, 0, 4, 0, 0, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
};

test('lists people by distance on the ground, without us, without things, without old rows', () => {
  const found = nearestPeople(picture, entityId(1), { x: 0, z: 0 }, 10);
  expect(found).toEqual([
    { id: 3, distance: 1 },
    { id: 2, distance: 5 },
  ]);
});

test('lists no more than asked for', () => {
  expect(nearestPeople(picture, entityId(1), { x: 3, z: 4 }, 1)).toEqual([{ id: 2, distance: 0 }]);
});
