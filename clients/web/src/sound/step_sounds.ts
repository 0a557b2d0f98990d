// step_sounds: what a foot sounds like on each ground: the heel, what the ground gives back, the toes.

import type { GroundKind } from '../world/world_features.ts';
import type { Burst, Tone } from './strokes.ts';

export interface StepSound {
  readonly bursts: readonly Burst[];
  readonly tones: readonly Tone[];
}

const burst = (
  filter: Burst['filter'],
  frequency: number,
  q: number,
  attack: number,
  decay: number,
  gain: number,
  delay = 0,
): Burst => ({ filter, frequency, q, attack, decay, gain, delay });

const thump = (frequency: number, decay: number, gain: number): Tone => ({
  wave: 'sine',
  frequency,
  frequencyTo: frequency * 0.5,
  attack: 0.004,
  decay,
  gain,
});

const ring = (frequency: number, decay: number, gain: number): Tone => ({
  wave: 'sine',
  frequency,
  attack: 0.003,
  decay,
  gain,
});

export const STEP_SOUNDS: Readonly<Record<GroundKind, StepSound>> = {
  stone: {
    bursts: [
      burst('bandpass', 1700, 0.9, 0.003, 0.05, 0.3),
      burst('bandpass', 2900, 1.1, 0.004, 0.045, 0.12, 0.06),
    ],
    tones: [thump(140, 0.07, 0.12)],
  },
  wood: {
    bursts: [
      burst('bandpass', 620, 2.2, 0.003, 0.08, 0.28),
      burst('bandpass', 1500, 1.2, 0.004, 0.05, 0.08, 0.065),
    ],
    tones: [thump(185, 0.11, 0.13), ring(312, 0.09, 0.05)],
  },
  grass: {
    bursts: [
      burst('bandpass', 3300, 0.5, 0.022, 0.12, 0.14),
      burst('bandpass', 5200, 0.7, 0.03, 0.1, 0.06, 0.05),
    ],
    tones: [thump(90, 0.07, 0.06)],
  },
  earth: {
    bursts: [
      burst('lowpass', 720, 0.6, 0.006, 0.09, 0.3),
      burst('bandpass', 1800, 0.6, 0.012, 0.07, 0.07, 0.045),
    ],
    tones: [thump(105, 0.09, 0.13)],
  },
  metal: {
    bursts: [burst('bandpass', 2600, 1.4, 0.003, 0.05, 0.14)],
    tones: [
      ring(436, 0.3, 0.035),
      ring(913, 0.22, 0.022),
      ring(1674, 0.14, 0.012),
      thump(150, 0.08, 0.1),
    ],
  },
  cloth: {
    bursts: [burst('lowpass', 900, 0.5, 0.012, 0.08, 0.16)],
    tones: [thump(85, 0.08, 0.09)],
  },
  water: {
    bursts: [
      { ...burst('bandpass', 1500, 0.7, 0.012, 0.24, 0.24), frequencyTo: 480 },
      burst('highpass', 3800, 0.5, 0.02, 0.16, 0.05, 0.03),
    ],
    tones: [
      {
        wave: 'sine',
        frequency: 420,
        frequencyTo: 980,
        attack: 0.01,
        decay: 0.06,
        gain: 0.04,
        delay: 0.07,
      },
      {
        wave: 'sine',
        frequency: 560,
        frequencyTo: 1300,
        attack: 0.01,
        decay: 0.05,
        gain: 0.03,
        delay: 0.13,
      },
    ],
  },
};
