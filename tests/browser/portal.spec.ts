import { readFileSync } from 'node:fs';
import type { Person } from './person.ts';
import { expect, test } from './test.ts';

type World = 'plaza' | 'garden' | 'gallery';

interface Document {
  readonly spawns: readonly { position: readonly number[]; radius?: number }[];
  readonly portals: readonly { to: string; spawn?: number; position: readonly number[] }[];
}

const documentOf = (world: World): Document =>
  JSON.parse(readFileSync(new URL(`../../worlds/${world}.json`, import.meta.url), 'utf8'));

const LEEWAY = 0.5; // metres: who would stand in another is put beside

/** Through the portal of one world to another, and to the spawn there that the portal names. */
const travel = async (person: Person, from: World, to: World): Promise<void> => {
  const { page } = person;
  const portal = documentOf(from).portals.find((leads) => leads.to === to);
  const spawn = documentOf(to).spawns[portal?.spawn ?? 0];
  if (!portal || !spawn) throw new Error(`no portal leads from ${from} to ${to}`);
  const [x = 0, , z = 0] = portal.position;
  // The walk ends in another world: then nobody is there any more to finish it.
  await person.walkTo(x, z).catch(() => undefined);
  await expect(page).toHaveURL(new RegExp(`/w/${to}$`));
  await person.isInside();
  const [spawnX = 0, , spawnZ = 0] = spawn.position;
  expect(await person.distanceTo({ x: spawnX, z: spawnZ })).toBeLessThan(
    (spawn.radius ?? 0) + LEEWAY,
  );
};

test('portals lead to the garden, the gallery and back, and one stays who one is', async ({
  arrive,
}) => {
  const ada = await arrive();
  const { page } = ada;
  await ada.enter('Ada');
  const { look } = await ada.self();
  await travel(ada, 'plaza', 'garden');
  await expect(page).toHaveTitle(/Evening garden/);
  await expect.poll(async () => (await ada.self()).name).toBe('Ada');
  expect((await ada.self()).look).toBe(look);
  await travel(ada, 'garden', 'plaza');
  await travel(ada, 'plaza', 'gallery');
  await expect(page).toHaveTitle(/Gallery/);

  await page.goBack();
  await expect(page).toHaveURL(/\/w\/plaza$/);
  await expect(page).toHaveTitle(/Plaza/);
  await ada.isInside();
  await expect.poll(async () => (await ada.self()).name).toBe('Ada');
});
