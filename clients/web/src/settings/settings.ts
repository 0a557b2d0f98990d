import type { StoreApi } from 'zustand/vanilla';

export type Language = 'en' | 'ko';
/** 'auto': what this machine can do, found out as it draws. */
export type Quality = 'auto' | 'low' | 'medium' | 'high';
export type Motion = 'system' | 'reduced' | 'full';

/** What a person chose, remembered on their machine. */
export interface Settings {
  readonly language: Language;
  readonly quality: Quality;
  /** 0: the camera follows at once; 1: it drifts after. */
  readonly cameraSmoothing: number;
  /** Vertical, degrees, 40 to 90. */
  readonly fieldOfView: number;
  readonly motion: Motion;
  /** What `motion` and the system's own preference come to. */
  readonly reducedMotion: boolean;
  /** 0 to 1: everything that sounds. */
  readonly volume: number;
  readonly isMuted: boolean;
  /** A click on the ground walks there. */
  readonly clickToWalk: boolean;
  /** Which button of a standard gamepad does what; an action may have none (-1). */
  readonly pad: PadMapping;
}

export type PadAction =
  | 'jump'
  | 'run'
  | 'sit'
  | 'view'
  | 'chat'
  | 'emotes'
  | 'people'
  | 'menu'
  | 'photo';

/** Button numbers as https://w3c.github.io/gamepad/#remapping counts them. */
export type PadMapping = Readonly<Record<PadAction, number>>;

export const PAD_DEFAULT: PadMapping = {
  jump: 0,
  sit: 1,
  emotes: 2,
  chat: 3,
  people: 8,
  menu: 9,
  run: 10,
  view: 11,
  photo: 12,
};

/** A zustand vanilla store: read with getState(), watch with subscribe(). */
export type SettingsStore = StoreApi<Settings>;
