// soundscape: what one hears of the world. All of it is made here, of noise and tones. There is no audio
// context before the first gesture (browsers would not let it sound), and it sleeps while the sound is
// off or the page is hidden.

import type { SoundCue } from '../app/scene_contract.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { SoundSource } from '../world/world_features.ts';
import type { OtherStride, OwnStride } from './footsteps.ts';
import type { Point } from './placing.ts';
import { type Ears, SoundStage } from './sound_stage.ts';

const GESTURES = ['pointerdown', 'pointerup', 'keydown', 'touchend'] as const;
const RAMP_SECONDS = 0.03;
/** By then a ramp has gone down to nothing one could hear. */
const SLEEP_AFTER_MS = 200;
/** Loudness is heard in ratios: half way up is half as loud. */
const VOLUME_CURVE = 1.7;

export interface SoundscapeOptions {
  readonly createContext?: () => AudioContext;
  /** In [0, 1). */
  readonly random?: () => number;
}

interface Running {
  readonly context: AudioContext;
  readonly master: GainNode;
  readonly stage: SoundStage;
}

export class Soundscape {
  private readonly settings: SettingsStore;
  private readonly sources: readonly SoundSource[];
  private readonly createContext: () => AudioContext;
  private readonly random: () => number;
  private readonly stop = new AbortController();
  private readonly unsubscribe: () => void;
  private running: Running | null = null;
  private sleepTimer: ReturnType<typeof setTimeout> | null = null;
  /** The browser has no audio, or no more of it: the world is silent. */
  private isRefused = false;

  constructor(
    settings: SettingsStore,
    sources: readonly SoundSource[],
    options: SoundscapeOptions = {},
  ) {
    this.settings = settings;
    this.sources = sources;
    this.createContext = options.createContext ?? (() => new AudioContext());
    this.random = options.random ?? Math.random;
    const listen = { signal: this.stop.signal, capture: true, passive: true };
    for (const name of GESTURES) window.addEventListener(name, () => this.gesture(), listen);
    document.addEventListener('visibilitychange', () => this.settle(), listen);
    this.unsubscribe = settings.subscribe(() => this.settle());
  }

  /** One frame. `others`: whoever else walks near by, the same objects from frame to frame. */
  update(
    delta: number,
    ears: Ears,
    self: OwnStride,
    speakers: readonly Point[],
    others: readonly OtherStride[] = [],
  ): void {
    if (!this.isAwake) return;
    this.running?.stage.update(delta, ears, self, speakers, others);
  }

  cue(name: SoundCue): void {
    if (this.isAwake) this.running?.stage.cue(name);
  }

  dispose(): void {
    this.stop.abort();
    this.unsubscribe();
    this.cancelSleep();
    this.running?.stage.dispose();
    void this.running?.context.close().catch(() => {});
    this.running = null;
  }

  private get isWanted(): boolean {
    const { isMuted, volume } = this.settings.getState();
    return !isMuted && volume > 0 && document.visibilityState !== 'hidden';
  }

  private get isAwake(): boolean {
    return this.running?.context.state === 'running' && this.isWanted;
  }

  private gesture(): void {
    if (!this.isWanted || this.isRefused) return;
    this.running ??= this.begin();
    if (this.running && this.running.context.state !== 'running') this.settle();
  }

  private begin(): Running | null {
    try {
      const context = this.createContext();
      const master = context.createGain();
      master.gain.value = 0;
      master.connect(context.destination);
      const stage = new SoundStage(context, master, this.sources, this.random);
      const running = { context, master, stage };
      this.rampTo(running, this.level);
      return running;
    } catch {
      this.isRefused = true;
      return null;
    }
  }

  private get level(): number {
    const { volume } = this.settings.getState();
    return this.isWanted ? Math.min(1, Math.max(0, volume)) ** VOLUME_CURVE : 0;
  }

  /** Brings loudness and sleep in line with the settings and the page. */
  private settle(): void {
    const { running } = this;
    if (!running) return;
    this.rampTo(running, this.level);
    this.cancelSleep();
    // Resuming may be refused until a gesture; the next one asks again.
    if (this.isWanted) void running.context.resume().catch(() => {});
    else
      this.sleepTimer = setTimeout(() => {
        void running.context.suspend().catch(() => {});
      }, SLEEP_AFTER_MS);
  }

  private rampTo({ context, master }: Running, level: number): void {
    master.gain.cancelScheduledValues(context.currentTime);
    master.gain.setTargetAtTime(level, context.currentTime, RAMP_SECONDS);
  }

  private cancelSleep(): void {
    if (this.sleepTimer !== null) clearTimeout(this.sleepTimer);
    this.sleepTimer = null;
  }
}
