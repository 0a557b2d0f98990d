// sound_stage: everything that sounds, wired up in one audio context.

import type { SoundCue } from '../app/scene_contract.ts';
import type { SoundSource } from '../world/world_features.ts';
import { playCue } from './cues.ts';
import { Footsteps, type OtherStride, type OwnStride } from './footsteps.ts';
import { makeNoise } from './noise.ts';
import { type Point, placeEars } from './placing.ts';
import { SpeechHints } from './speech_hints.ts';
import type { Studio } from './strokes.ts';
import { Wind } from './wind.ts';
import { WorldSounds } from './world_sounds.ts';

/** The parts are made in proportion to each other; this makes the whole as loud as it should be. */
const LOUDNESS = 2.2;

export interface Ears extends Point {
  /** Turns, as a body's yaw. */
  readonly yaw: number;
}

export class SoundStage {
  private readonly studio: Studio;
  private readonly out: AudioNode;
  private readonly wind: Wind;
  private readonly world: WorldSounds;
  private readonly feet: Footsteps;
  private readonly speech: SpeechHints;

  constructor(
    context: BaseAudioContext,
    out: AudioNode,
    sources: readonly SoundSource[],
    random: () => number,
  ) {
    this.studio = { context, noise: makeNoise(context, random), random };
    const all = context.createGain();
    all.gain.value = LOUDNESS;
    all.connect(out);
    this.out = all;
    this.wind = new Wind(this.studio, all);
    this.world = new WorldSounds(this.studio, all, this.wind, sources);
    this.feet = new Footsteps(this.studio, all);
    this.speech = new SpeechHints(this.studio, all);
  }

  update(
    delta: number,
    ears: Ears,
    self: OwnStride,
    speakers: readonly Point[],
    others: readonly OtherStride[],
  ): void {
    placeEars(this.studio.context, ears);
    this.wind.update(delta);
    this.world.update(delta, ears);
    this.feet.update(delta, self, others, ears);
    this.speech.update(delta, speakers, ears);
  }

  cue(name: SoundCue): void {
    playCue(this.studio, this.out, name);
  }

  dispose(): void {
    this.world.dispose();
    this.wind.dispose();
  }
}
