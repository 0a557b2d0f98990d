import { loadWorld } from './api.ts';
import { artUrl } from './art_url.ts';

const PEOPLE = ['/art/people.glb', '/art/motions.glb'];

/** Begins to fetch what one sees first inside, into the browser's cache, from where the world takes it. */
export const prefetchArt = async (world: string): Promise<void> => {
  const { objects, environment } = await loadWorld(world);
  const models = objects.flatMap((object) =>
    object.kind === 'model' && object.collider !== 'none' ? [object.url.split('#')[0] ?? ''] : [],
  );
  const shade = environment.shade ? [environment.shade.url] : [];
  const urls = new Set([...PEOPLE, ...models, ...shade].map(artUrl));
  await Promise.allSettled(
    [...urls].map(async (url) => (await fetch(url, { priority: 'low' })).arrayBuffer()),
  );
};
