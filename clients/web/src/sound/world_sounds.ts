// world_sounds: what sounds by itself where it stands: water, leaves, chimes, portals. Only the nearest
// are played; the others are taken down and cost nothing.

import type { SoundKind, SoundSource } from '../world/world_features.ts';
import { type PlacedOutput, type Point, placedOutput } from './placing.ts';
import { playTone, type Studio } from './strokes.ts';
import type { Wind } from './wind.ts';

const REACH: Readonly<Record<SoundKind, number>> = {
  water: 24,
  leaves: 16,
  chimes: 18,
  portal: 18,
};
/** Within this of full loudness, metres. */
const NEAR: Readonly<Record<SoundKind, number>> = {
  water: 3,
  leaves: 2.5,
  chimes: 2.5,
  portal: 2.2,
};
const LEVEL: Readonly<Record<SoundKind, number>> = {
  water: 0.16,
  leaves: 0.1,
  chimes: 0.05,
  portal: 0.075,
};
const PLAYED_MOST = 6;
const FADE_SECONDS = 0.5;
const SORT_EVERY_SECONDS = 0.3;
const BUBBLES_A_SECOND = 7;
/** A pentatonic scale: whatever rings with whatever sounds well. */
const CHIME_NOTES = [784, 880, 1047, 1175, 1397, 1568] as const;

interface Playing {
  readonly source: SoundSource;
  readonly level: GainNode;
  readonly output: PlacedOutput;
  readonly voices: readonly AudioScheduledSourceNode[];
}

export class WorldSounds {
  private readonly studio: Studio;
  private readonly out: AudioNode;
  private readonly wind: Wind;
  private readonly sources: readonly SoundSource[];
  private readonly playing = new Map<SoundSource, Playing>();
  private sinceSort = Infinity;

  constructor(studio: Studio, out: AudioNode, wind: Wind, sources: readonly SoundSource[]) {
    this.studio = studio;
    this.out = out;
    this.wind = wind;
    this.sources = sources;
  }

  update(delta: number, ear: Point): void {
    this.sinceSort += delta;
    if (this.sinceSort >= SORT_EVERY_SECONDS) {
      this.sinceSort = 0;
      this.choose(ear);
    }
    for (const one of this.playing.values()) this.enliven(one, delta);
  }

  dispose(): void {
    for (const source of [...this.playing.keys()]) this.end(source);
  }

  private choose(ear: Point): void {
    const near = this.sources
      .map((source) => ({ source, apart: metres(source, ear) }))
      .filter(({ source, apart }) => apart < REACH[source.kind])
      .sort((a, b) => a.apart - b.apart)
      .slice(0, PLAYED_MOST);
    const chosen = new Set(near.map(({ source }) => source));
    for (const source of [...this.playing.keys()]) if (!chosen.has(source)) this.end(source);
    const now = this.studio.context.currentTime;
    for (const { source, apart } of near) {
      const one = this.playing.get(source) ?? this.begin(source);
      // To nothing at the rim of its reach, so that its end is not heard.
      const share = 1 - (apart / REACH[source.kind]) ** 3;
      const stirred = source.kind === 'leaves' ? 0.25 + 0.75 * this.wind.gust : 1;
      one.level.gain.setTargetAtTime(LEVEL[source.kind] * share * stirred, now, FADE_SECONDS / 2);
    }
  }

  private begin(source: SoundSource): Playing {
    const { context } = this.studio;
    const output = placedOutput(context, source, this.out, NEAR[source.kind]);
    const level = context.createGain();
    level.gain.value = 0;
    level.connect(output.input);
    const playing = { source, level, output, voices: this.voices(source.kind, level) };
    this.playing.set(source, playing);
    return playing;
  }

  private end(source: SoundSource): void {
    const one = this.playing.get(source);
    if (!one) return;
    this.playing.delete(source);
    const now = this.studio.context.currentTime;
    one.level.gain.setTargetAtTime(0, now, FADE_SECONDS / 5);
    for (const voice of one.voices) voice.stop(now + FADE_SECONDS);
    one.output.releaseAfter(FADE_SECONDS + 1);
  }

  private voices(kind: SoundKind, to: AudioNode): AudioScheduledSourceNode[] {
    switch (kind) {
      case 'water':
        return [
          this.hiss(to, 'bandpass', 780, 0.6, 0.85),
          this.hiss(to, 'highpass', 2600, 0.3, 0.45),
        ];
      case 'leaves':
        return [this.hiss(to, 'bandpass', 4200, 0.5, 1)];
      case 'portal':
        return [
          this.hum(to, 110, 0.5, 0.13),
          this.hum(to, 165.3, 0.3, 0.21),
          this.hum(to, 220.9, 0.16, 0.34),
        ];
      case 'chimes':
        return [];
    }
  }

  private hiss(
    to: AudioNode,
    type: BiquadFilterType,
    frequency: number,
    q: number,
    level: number,
  ): AudioScheduledSourceNode {
    const { context, noise, random } = this.studio;
    const source = context.createBufferSource();
    source.buffer = noise.pink;
    source.loop = true;
    const filter = context.createBiquadFilter();
    filter.type = type;
    filter.frequency.value = frequency;
    filter.Q.value = q;
    const gain = context.createGain();
    gain.gain.value = level;
    source.connect(filter).connect(gain).connect(to);
    source.start(0, random() * noise.pink.duration);
    return source;
  }

  /** A tone that breathes at `rate` a second. */
  private hum(
    to: AudioNode,
    frequency: number,
    level: number,
    rate: number,
  ): AudioScheduledSourceNode {
    const { context } = this.studio;
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    const gain = context.createGain();
    gain.gain.value = level;
    const breath = context.createOscillator();
    breath.frequency.value = rate;
    const depth = context.createGain();
    depth.gain.value = level * 0.4;
    breath.connect(depth).connect(gain.gain);
    tone.connect(gain).connect(to);
    tone.start();
    breath.start();
    tone.onended = () => breath.stop();
    return tone;
  }

  /** What comes and goes in a sound: bubbles in water, chimes in a gust. */
  private enliven({ source, level, output }: Playing, delta: number): void {
    const { studio, wind } = this;
    const chance = (aSecond: number) => studio.random() < aSecond * delta;
    if (source.kind === 'water' && chance(BUBBLES_A_SECOND)) this.bubble(level);
    if (source.kind === 'chimes' && chance(0.12 + wind.gust ** 2 * 1.6)) this.chime(output.input);
  }

  private bubble(to: AudioNode): void {
    const frequency = 380 + this.studio.random() ** 2 * 1300;
    const tone = { wave: 'sine', frequency, frequencyTo: frequency * 1.7, attack: 0.008 } as const;
    const decay = 0.03 + this.studio.random() * 0.05;
    playTone(this.studio, to, { ...tone, decay, gain: 0.22 }, 0.4 + this.studio.random() * 0.6);
  }

  private chime(to: AudioNode): void {
    const { random } = this.studio;
    const frequency = CHIME_NOTES[Math.floor(random() * CHIME_NOTES.length)] ?? CHIME_NOTES[0];
    const loudness = LEVEL.chimes * (0.5 + random() * 0.5);
    const tone = { wave: 'sine', attack: 0.004 } as const;
    playTone(this.studio, to, { ...tone, frequency, decay: 1.8, gain: 1 }, loudness);
    playTone(
      this.studio,
      to,
      { ...tone, frequency: frequency * 2.76, decay: 0.6, gain: 0.3 },
      loudness,
    );
  }
}

const metres = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
