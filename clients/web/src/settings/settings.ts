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
}

/** A zustand vanilla store: read with getState(), watch with subscribe(). */
export type SettingsStore = StoreApi<Settings>;
