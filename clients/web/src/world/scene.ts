// scene: the door of the 3D part. Fetches what the world and its people are made of, builds the scene on
// the canvas, and hands the shell what it may ask.

import type { MountScene, SceneHandle, SceneOptions } from '../app/scene_contract.ts';
import { pick } from '../people/pick.ts';
import { Graphics } from './graphics.ts';
import { useLilacShadows } from './lilac_shadow.ts';
import { takePhoto } from './photo.ts';
import { Pace, planFor, thisDevice } from './quality.ts';
import { SceneFrame } from './scene_frame.ts';
import { takeGoods } from './scene_goods.ts';
import { SceneParts } from './scene_parts.ts';
import { inSlices } from './slices.ts';
import { loadModels } from './world_models.ts';

/** Follows the settings for as long as the scene lives. */
function watchSettings(
  { settings }: SceneOptions,
  parts: SceneParts,
  frame: SceneFrame,
  graphics: Graphics,
): () => void {
  const setQuality = () => {
    const { quality } = settings.getState();
    const plan = planFor(quality, thisDevice());
    frame.pace = new Pace(plan, window.devicePixelRatio || 1, quality === 'auto');
    graphics.setPixelRatio(frame.pace.pixelRatio);
    parts.setQuality(plan);
  };
  setQuality();
  return settings.subscribe((now, before) => {
    if (now.quality !== before.quality) setQuality();
    if (now.language !== before.language) parts.scenery.setLanguage(now.language);
  });
}

/** Somebody under the pointer is picked. `x` and `y`: pixels of the canvas. */
function tapped(
  options: SceneOptions,
  parts: SceneParts,
  graphics: Graphics,
  x: number,
  y: number,
) {
  const { client, onPick } = options;
  const [right, up] = [(x / graphics.width) * 2 - 1, 1 - (y / graphics.height) * 2];
  const ticks = client.now() - client.picture.epochTick;
  const id = pick(client.picture, ticks, parts.camera, right, up, client.self);
  if (id !== null) onPick?.(id);
  return id !== null;
}

function photograph(graphics: Graphics, parts: SceneParts): Promise<Blob> {
  const { marker, goal, scenery, camera } = parts;
  const aids = [marker.mesh, goal.mesh].filter(({ visible }) => visible);
  for (const mesh of aids) mesh.visible = false;
  try {
    return takePhoto(graphics, scenery.scene, camera);
  } finally {
    for (const mesh of aids) mesh.visible = true;
  }
}

function handleOf(
  { client, labels: labelLayer }: SceneOptions,
  parts: SceneParts,
  frame: SceneFrame,
  graphics: Graphics,
  end: () => void,
): SceneHandle {
  const { self, crowd, labels, marker } = parts;
  return {
    self: () => self.state,
    eye: () => ({ ...self.eye }),
    walkTo: (x, z) => self.walkTo(x, z),
    find: (id) => {
      const place = crowd.placeOf(id, client.now());
      if (!place) return;
      const { x, z } = self.state;
      self.camera.face(Math.atan2(-(place.x - x), -(place.z - z)));
      marker.show(id);
    },
    playEmote: (name) => self.playEmote(name),
    setBubble: (id, text) => labels.say(id, text),
    setProfileName: (id, name) => labels.setName(id, name),
    setTouch: ({ x, y, run }) => self.controls.setStick(x, y, run),
    look: (dx, dy) => self.look(dx, dy),
    jump: () => self.controls.jump(),
    toggleSitting: () => self.toggleSitting(),
    toggleView: () => self.toggleView(),
    follow: (id) => self.follow(id),
    setHand: (isRaised) => self.setHand(isRaised),
    setPhotoMode: (on) => {
      frame.isPhoto = on;
      labelLayer.style.visibility = on ? 'hidden' : '';
      self.setPhotoMode(on);
    },
    takePhoto: () => photograph(graphics, parts),
    playCue: (cue) => parts.sound.cue(cue),
    setKeyboard: (active) => self.controls.setKeyboard(active),
    setPaused: (paused) => graphics.setPaused(paused),
    stats: () => frame.stats,
    dispose: end,
  };
}

export { prepareScene } from './scene_goods.ts';

export const mountScene: MountScene = async (options) => {
  const { canvas, settings, world } = options;
  useLilacShadows();
  // What is fetched and read meanwhile leaves the processor time to make the graphics ready.
  const gathered = takeGoods(world);
  gathered.catch(() => undefined); // it is waited for below, or there are no graphics
  let drawn: SceneFrame | null = null;
  let built: SceneParts | null = null;
  const graphics = new Graphics({
    canvas,
    antialias: planFor(settings.getState().quality, thisDevice()).isRich,
    exposure: world.environment.exposure ?? 1,
    onFrame: (delta) => drawn?.run(delta),
    onRestored: () => built?.scenery.sunlight.refresh(),
    onLost: (message) => options.onLost?.(message),
  });
  const goods = await gathered.catch((error: unknown) => {
    graphics.dispose();
    throw error;
  });
  const parts = new SceneParts(options, goods, (x, y) => tapped(options, parts, graphics, x, y));
  built = parts;
  const frame = new SceneFrame(options, parts, graphics);
  drawn = frame;
  const unwatch = watchSettings(options, parts, frame, graphics);
  // Few graphics cards take things one by one: what they need instead only they load.
  if (!graphics.renderer.extensions.has('WEBGL_multi_draw'))
    parts.scenery.Batch = (await import('./baked_batch.ts')).BakedBatch;
  await inSlices(parts.scenery.buildNear());
  await graphics.renderer.compileAsync(parts.scenery.scene, parts.camera);
  graphics.start();

  let isGone = false;
  const later = loadModels(goods.later);
  later.then((more) => {
    if (!isGone) parts.scenery.addLater(more);
  });
  return handleOf(options, parts, frame, graphics, () => {
    isGone = true;
    options.labels.style.visibility = '';
    unwatch();
    parts.dispose();
    graphics.dispose();
  });
};
