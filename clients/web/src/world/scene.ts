// scene: the door of the 3D part. Builds the world from its document, mounts it on the canvas through
// fiber's root, and hands the shell what it may ask.

import { createRoot, extend, type RootState } from '@react-three/fiber';
import { createElement } from 'react';
import { Fog, HemisphereLight, NeutralToneMapping, PCFShadowMap, setConsoleFunction } from 'three';
import type { MountScene, SceneHandle, SceneOptions } from '../app/scene_contract.ts';
import { pick } from '../people/pick.ts';
import { loadModels } from './models.ts';
import { Pace, planFor, thisDevice } from './quality.ts';
import { SceneFrame } from './scene_frame.ts';
import { SceneParts } from './scene_parts.ts';
import { Stage } from './stage.tsx';
import { unfold } from './unfold.ts';

// Only what the stage names: the whole namespace would be in the bundle otherwise.
extend({ Fog, HemisphereLight });

const CAMERA = { fov: 60, near: 0.12, far: 2400 };
/** A lost context that is not given back within this time is lost for good. */
const RESTORE_MS = 6000;

const sizeOf = (canvas: HTMLCanvasElement) => ({
  width: Math.max(1, canvas.clientWidth),
  height: Math.max(1, canvas.clientHeight),
  top: 0,
  left: 0,
});

/** Fiber makes a clock that three.js deprecates; it is fiber's to replace, and nobody else's to read of. */
function quietRoot(canvas: HTMLCanvasElement): ReturnType<typeof createRoot> {
  setConsoleFunction((type, message, ...more) => {
    // biome-ignore lint/suspicious/noConsole: where three.js would have written it.
    if (!message.startsWith('THREE.Clock')) console[type](message, ...more);
  });
  const root = createRoot(canvas);
  setConsoleFunction(null as unknown as Parameters<typeof setConsoleFunction>[0]);
  return root;
}

/** Settles when the first frame can be drawn. */
async function mountRoot(options: SceneOptions, parts: SceneParts, frame: SceneFrame) {
  const { canvas, settings, world } = options;
  const root = quietRoot(canvas);
  let onCreated: (state: RootState) => void = () => {};
  const created = new Promise<RootState>((resolve) => {
    onCreated = resolve;
  });
  await root.configure({
    gl: {
      antialias: planFor(settings.getState().quality, thisDevice()).isRich,
      powerPreference: 'high-performance',
      stencil: false,
    },
    camera: CAMERA,
    size: sizeOf(canvas),
    dpr: 1,
    frameloop: 'always',
    onCreated: (state) => {
      state.gl.toneMapping = NeutralToneMapping;
      state.gl.toneMappingExposure = world.environment.exposure ?? 1;
      state.gl.shadowMap.enabled = true;
      state.gl.shadowMap.type = PCFShadowMap;
      onCreated(state);
    },
  });
  root.render(createElement(Stage, { parts, frame }));
  return { root, state: await created };
}

function watchContext(canvas: HTMLCanvasElement, options: SceneOptions, signal: AbortSignal): void {
  let timer = 0;
  canvas.addEventListener(
    'webglcontextlost',
    (event) => {
      event.preventDefault();
      timer = window.setTimeout(
        () => options.onLost?.('The graphics card took its picture away and did not give it back.'),
        RESTORE_MS,
      );
    },
    { signal },
  );
  canvas.addEventListener('webglcontextrestored', () => window.clearTimeout(timer), { signal });
}

/** Follows the settings and the canvas's size for as long as the scene lives. */
function watchSettings(
  options: SceneOptions,
  parts: SceneParts,
  frame: SceneFrame,
  state: RootState,
): () => void {
  const { canvas, settings } = options;
  const setQuality = () => {
    const { quality } = settings.getState();
    const plan = planFor(quality, thisDevice());
    frame.pace = new Pace(plan, window.devicePixelRatio || 1, quality === 'auto');
    state.setDpr(frame.pace.pixelRatio);
    parts.setQuality(plan);
  };
  const setSize = () => {
    const { width, height } = sizeOf(canvas);
    state.setSize(width, height);
    parts.labels.setSize(width, height);
  };
  setQuality();
  setSize();
  const watcher = new ResizeObserver(setSize);
  watcher.observe(canvas);
  const stop = settings.subscribe((now, before) => {
    if (now.quality !== before.quality) setQuality();
    if (now.language !== before.language) parts.signs.setLanguage(now.language);
  });
  return () => {
    watcher.disconnect();
    stop();
  };
}

export const mountScene: MountScene = async (options) => {
  const { canvas, client, world } = options;
  const unfolded = unfold(world);
  const models = await loadModels(unfolded, options.onProgress);
  let mounted: RootState | null = null;
  const onTap = (x: number, y: number) => {
    if (!mounted || !options.onPick) return;
    const { width, height } = sizeOf(canvas);
    const ticks = client.now() - client.picture.epochTick;
    const [right, up] = [(x / width) * 2 - 1, 1 - (y / height) * 2];
    const id = pick(client.picture, ticks, mounted.camera, right, up, client.self);
    if (id !== null) options.onPick(id);
  };
  const parts = new SceneParts(options, unfolded, models, onTap);
  const frame = new SceneFrame(options, parts);
  const { root, state } = await mountRoot(options, parts, frame);
  mounted = state;
  const ended = new AbortController();
  watchContext(canvas, options, ended.signal);
  const unwatch = watchSettings(options, parts, frame, state);

  const handle: SceneHandle = {
    self: () => parts.self.state,
    walkTo: (x, z) => parts.self.walkTo(x, z),
    find: (id) => {
      const place = parts.crowd.placeOf(id, client.now());
      if (!place) return;
      const { x, z } = parts.self.state;
      parts.self.camera.face(Math.atan2(-(place.x - x), -(place.z - z)));
      parts.marker.show(id);
    },
    playEmote: (name) => parts.self.playEmote(name),
    setBubble: (id, text) => parts.labels.say(id, text),
    setProfileName: (id, name) => parts.labels.setName(id, name),
    setTouch: ({ x, y, run }) => parts.self.controls.setStick(x, y, run),
    look: (dx, dy) => parts.self.camera.look(dx, dy),
    jump: () => parts.self.controls.jump(),
    setKeyboard: (active) => parts.self.controls.setKeyboard(active),
    setPaused: (paused) => state.setFrameloop(paused ? 'never' : 'always'),
    stats: () => frame.stats,
    dispose: () => {
      ended.abort();
      unwatch();
      state.setFrameloop('never');
      parts.dispose();
      root.unmount();
    },
  };
  return handle;
};
