import { createStore } from 'zustand/vanilla';
import { downloadStage, type Progress, stageFiles } from './download.ts';
import { loadOnce } from './load_once.ts';
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

/** Its bytes only: nothing of it is read, let alone run. */
export const fetchStage = loadOnce(() =>
  downloadStage(stageFiles(document), (progress) => stageProgressStore.setState(progress)),
);

/** Loads the 3D part. */
export const loadStage = loadOnce(async (): Promise<Stage> => {
  await fetchStage();
  const { mountScene, prepareScene } = await import('../world/scene.ts');
  stageProgressStore.setState({ done: true });
  return { mountScene, prepareScene };
});
