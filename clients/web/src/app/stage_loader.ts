import { createStore } from 'zustand/vanilla';
import { downloadStage, type Progress } from './download.ts';
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

let loading: Promise<Stage> | null = null;

const load = async (): Promise<Stage> => {
  await downloadStage((progress) => stageProgressStore.setState(progress));
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
