import type { EntityId } from '@flux/sdk';
import { createStore } from 'zustand/vanilla';

export type Panel = 'people' | 'person' | 'settings' | 'help' | 'link' | 'more';

export interface HudState {
  /** One at a time. */
  readonly panel: Panel | null;
  /** Whom the panel 'person' is about. */
  readonly person: EntityId | null;
  readonly isStatsOpen: boolean;
  readonly isEmoteBarOpen: boolean;
  readonly isPhotoMode: boolean;
  readonly isHandRaised: boolean;
  /** Told by the scene. */
  readonly isSeatNear: boolean;
  readonly following: EntityId | null;
}

export const hudStore = createStore<HudState>(() => ({
  panel: null,
  person: null,
  isStatsOpen: false,
  isEmoteBarOpen: false,
  isPhotoMode: false,
  isHandRaised: false,
  isSeatNear: false,
  following: null,
}));

/** What was so in the world one leaves is not so in the next. Only the statistics stay. */
export const resetHud = (): void =>
  hudStore.setState(({ isStatsOpen }) => ({ ...hudStore.getInitialState(), isStatsOpen }));

export const togglePanel = (panel: Panel): void =>
  hudStore.setState((state) => ({ panel: state.panel === panel ? null : panel }));

export const closePanel = (): void => hudStore.setState({ panel: null });

export const toggleHud = (
  member: 'isStatsOpen' | 'isEmoteBarOpen' | 'isPhotoMode' | 'isHandRaised',
): void => hudStore.setState((state) => ({ [member]: !state[member] }));
