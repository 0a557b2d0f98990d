import { createStore } from 'zustand/vanilla';
import { downloadStage, type Progress, stageFiles } from './download.ts';
import type { MountScene, PrepareScene } from './scene_contract.ts';

/** The 3D part, once it is here. */
export interface Stage {
  readonly mountScene: MountScene;
  readonly prepareScene: PrepareScene;
}

export interface StageProgress extends Progress {
  readonly done: boolean;
}

/** How much of the 3D part has come. */
export const stageProgressStore = createStore<StageProgress>(() => ({
  loaded: 0,
  total: 0,
  done: false,
}));

let fetching: Promise<void> | null = null;
let loading: Promise<Stage> | null = null;

/** Its bytes only: nothing of it is read, let alone run. After a failure the next call tries again. */
export const fetchStage = (): Promise<void> => {
  fetching ??= downloadStage(stageFiles(document), (progress) =>
    stageProgressStore.setState(progress),
  ).catch((error: unknown) => {
    fetching = null;
    throw error;
  });
  return fetching;
};

const load = async (): Promise<Stage> => {
  await fetchStage();
  const { mountScene, prepareScene } = await import('../world/scene.ts');
  stageProgressStore.setState({ done: true });
  return { mountScene, prepareScene };
};

/** Loads the 3D part once. After a failure the next call tries again. */
export const loadStage = (): Promise<Stage> => {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
};
