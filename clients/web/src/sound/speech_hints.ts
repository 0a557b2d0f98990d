// speech_hints: a soft sound from where somebody has begun to speak, so that one knows where to look.

import { type Point, placedOutput } from './placing.ts';
import { playTone, type Studio } from './strokes.ts';

/** Who speaks is known by where they stand: people walk while they speak. */
const SAME_METRES = 2;
/** Shorter silences are part of what they say. */
const SILENCE_SECONDS = 2;
const HEARD_METRES = 18;
const GAP_SECONDS = 0.25;
const LOUDNESS = 0.07;

interface Speaker {
  x: number;
  y: number;
  z: number;
  silent: number;
}

export class SpeechHints {
  private readonly studio: Studio;
  private readonly out: AudioNode;
  private speaking: Speaker[] = [];
  private sinceHint = Infinity;

  constructor(studio: Studio, out: AudioNode) {
    this.studio = studio;
    this.out = out;
  }

  update(delta: number, speakers: readonly Point[], ear: Point): void {
    this.sinceHint += delta;
    for (const one of this.speaking) one.silent += delta;
    for (const { x, y, z } of speakers) {
      const known = this.speaking.find((one) => Math.hypot(one.x - x, one.z - z) < SAME_METRES);
      if (known) Object.assign(known, { x, y, z, silent: 0 });
      else this.begin({ x, y, z, silent: 0 }, ear);
    }
    this.speaking = this.speaking.filter((one) => one.silent < SILENCE_SECONDS);
  }

  private begin(speaker: Speaker, ear: Point): void {
    this.speaking.push(speaker);
    const { x, y, z } = speaker;
    if (Math.hypot(x - ear.x, y - ear.y, z - ear.z) > HEARD_METRES) return;
    // Of several who begin together, one is hint enough.
    if (this.sinceHint < GAP_SECONDS) return;
    this.sinceHint = 0;
    const place = placedOutput(this.studio.context, { x, y: y + 1.2, z }, this.out);
    const pitch = 0.92 + this.studio.random() * 0.16;
    const tone = { wave: 'triangle', attack: 0.03, decay: 0.16, gain: 1 } as const;
    playTone(
      this.studio,
      place.input,
      { ...tone, frequency: 330, frequencyTo: 350 },
      LOUDNESS,
      pitch,
    );
    playTone(
      this.studio,
      place.input,
      { ...tone, frequency: 392, frequencyTo: 380, delay: 0.12 },
      LOUDNESS * 0.8,
      pitch,
    );
    place.releaseAfter(0.6);
  }
}
