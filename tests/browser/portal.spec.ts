import type { Person } from './person.ts';
import { expect, test } from './test.ts';

/** From any of the plaza's spawns: past the fountain on its east, along the water, up the steps. */
const WAY = [
  [-3.5, 6.5],
  [4.6, 3],
  [2, -5],
  [0.9, -11],
  [0, -17],
] as const;

const walkThroughPortal = async (person: Person): Promise<void> => {
  const { x, z } = await person.self();
  // Who arrives north of the fountain is nearly there; who arrives in the east need not go west.
  const way = z < -6 ? WAY.slice(3) : x > -2 ? WAY.slice(1) : WAY;
  for (const [toX, toZ] of way) {
    // The last walk ends in another world.
    await person.walkTo(toX, toZ).catch(() => undefined);
  }
};

test('through the portal one is in the garden, as the same person, and back again', async ({
  arrive,
}) => {
  const ada = await arrive();
  const { page } = ada;
  await ada.enter('Ada');
  const before = await ada.self();
  await walkThroughPortal(ada);
  await expect(page).toHaveURL(/\/w\/garden$/);
  await ada.isInside();
  await expect(page).toHaveTitle(/Evening garden/);
  await expect.poll(async () => (await ada.self()).name).toBe('Ada');
  expect((await ada.self()).look).toBe(before.look);

  await page.goBack();
  await expect(page).toHaveURL(/\/w\/plaza$/);
  await expect(page).toHaveTitle(/Plaza/);
  await ada.isInside();
  await expect.poll(async () => (await ada.self()).name).toBe('Ada');
});
