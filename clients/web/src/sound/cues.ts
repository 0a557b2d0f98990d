// cues: the little sounds of the interface.

import type { SoundCue } from '../app/scene_contract.ts';
import { type Burst, playBurst, playTone, type Studio, type Tone } from './strokes.ts';

interface Cue {
  readonly bursts?: readonly Burst[];
  readonly tones?: readonly Tone[];
}

/** A mallet on wood: a note and, softer and shorter, its fourth partial. */
const mallet = (frequency: number, gain: number, delay = 0): Tone[] => [
  { wave: 'sine', frequency, attack: 0.004, decay: 0.42, gain, delay },
  { wave: 'sine', frequency: frequency * 4, attack: 0.003, decay: 0.08, gain: gain * 0.22, delay },
];

const shutter = (frequency: number, gain: number, delay: number): Burst => ({
  filter: 'bandpass',
  frequency,
  q: 1.2,
  attack: 0.002,
  decay: 0.035,
  gain,
  delay,
});

const CUES: Readonly<Record<SoundCue, Cue>> = {
  chat: { tones: [...mallet(659, 0.075), ...mallet(988, 0.06, 0.075)] },
  join: { tones: [...mallet(523, 0.06), ...mallet(659, 0.06, 0.09), ...mallet(784, 0.055, 0.18)] },
  press: {
    bursts: [
      { filter: 'bandpass', frequency: 2100, q: 1.5, attack: 0.002, decay: 0.016, gain: 0.1 },
    ],
    tones: [
      { wave: 'sine', frequency: 540, frequencyTo: 420, attack: 0.003, decay: 0.035, gain: 0.05 },
    ],
  },
  photo: { bursts: [shutter(3400, 0.3, 0), shutter(1900, 0.34, 0.075), shutter(2700, 0.14, 0.11)] },
  portal: {
    bursts: [
      {
        filter: 'bandpass',
        frequency: 260,
        frequencyTo: 2600,
        q: 1.1,
        attack: 0.5,
        decay: 0.7,
        gain: 0.2,
      },
    ],
    tones: [
      { wave: 'sine', frequency: 220, frequencyTo: 440, attack: 0.45, decay: 0.9, gain: 0.06 },
      { wave: 'sine', frequency: 330, frequencyTo: 660, attack: 0.55, decay: 0.9, gain: 0.04 },
      ...mallet(1319, 0.03, 0.62),
    ],
  },
};

export function playCue(studio: Studio, out: AudioNode, name: SoundCue): void {
  const { bursts = [], tones = [] } = CUES[name];
  for (const burst of bursts) playBurst(studio, out, burst, 1);
  for (const tone of tones) playTone(studio, out, tone, 1);
}
