// scene_goods: all that a scene is made of, fetched and read: it may be asked for as soon as one knows where
// one goes, while the server is still being asked for a place there.

import type { WorldDocument } from '@flux/sdk';
import type { TriangleGrid } from '../movement/triangle_grid.ts';
import { loadPeopleArt, type PeopleArt } from '../people/people_art.ts';
import { collidersOf } from './colliders.ts';
import { formPlacements } from './form_models.ts';
import type { Placement } from './model.ts';
import { inSlices } from './slices.ts';
import { type Unfolded, unfold } from './unfold.ts';
import { loadModels, type ModelWish, modelWishes, type WorldModels } from './world_models.ts';

/** What has to be here before the scene can be made. */
export interface SceneGoods {
  readonly unfolded: Unfolded;
  readonly models: WorldModels;
  /** The document's own forms. */
  readonly forms: readonly Placement[];
  readonly grid: TriangleGrid;
  readonly people: PeopleArt;
  /** What may come when one is walking already. */
  readonly later: readonly ModelWish[];
}

async function gather(world: WorldDocument): Promise<SceneGoods> {
  const unfolded = unfold(world);
  const { first, later } = modelWishes(unfolded);
  const [models, people, forms] = await Promise.all([
    loadModels(first),
    loadPeopleArt(),
    inSlices(formPlacements(unfolded)),
  ]);
  const grid = await inSlices(collidersOf(unfolded, models.solids));
  return { unfolded, models, forms, grid, people, later };
}

let ready: { readonly world: WorldDocument; readonly goods: Promise<SceneGoods> } | null = null;

/** Begins to gather what `world` is made of. One world is kept ready; what fails is tried again by takeGoods. */
export function prepareScene(world: WorldDocument): void {
  if (ready?.world === world) return;
  const goods = gather(world);
  ready = { world, goods };
  goods.catch(() => {
    if (ready?.goods === goods) ready = null;
  });
}

/** What was prepared, which is the caller's own then; or it is gathered now. */
export function takeGoods(world: WorldDocument): Promise<SceneGoods> {
  const goods = ready?.world === world ? ready.goods : gather(world);
  ready = null;
  return goods;
}
