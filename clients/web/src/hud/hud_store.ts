import { createStore } from 'zustand/vanilla';

export type Panel = 'people' | 'settings' | 'help' | 'link';

export interface HudState {
  /** One at a time. */
  readonly panel: Panel | null;
  readonly isStatsOpen: boolean;
  readonly isEmoteBarOpen: boolean;
}

export const hudStore = createStore<HudState>(() => ({
  panel: null,
  isStatsOpen: false,
  isEmoteBarOpen: !matchMedia('(pointer: coarse)').matches,
}));

export const togglePanel = (panel: Panel): void =>
  hudStore.setState((state) => ({ panel: state.panel === panel ? null : panel }));
