// strokes: the two short sounds that footsteps, drops and chimes are put together from: a burst of
// filtered noise and a tone. Both swell and die away, so that nothing clicks, and clean up after themselves.

import type { Noise } from './noise.ts';

export interface Burst {
  readonly filter: 'lowpass' | 'bandpass' | 'highpass';
  readonly frequency: number;
  /** Where the filter's frequency goes meanwhile. */
  readonly frequencyTo?: number;
  readonly q: number;
  /** Seconds until it is loudest, and from there until it is gone. */
  readonly attack: number;
  readonly decay: number;
  readonly gain: number;
  readonly delay?: number;
}

export interface Tone {
  readonly wave: 'sine' | 'triangle';
  readonly frequency: number;
  readonly frequencyTo?: number;
  readonly attack: number;
  readonly decay: number;
  readonly gain: number;
  readonly delay?: number;
}

export interface Studio {
  readonly context: BaseAudioContext;
  readonly noise: Noise;
  /** In [0, 1). */
  readonly random: () => number;
}

const SILENT = 0.0001;

export function playBurst(
  { context, noise, random }: Studio,
  to: AudioNode,
  burst: Burst,
  loudness: number,
  pitch = 1,
): void {
  const start = context.currentTime + (burst.delay ?? 0);
  const source = context.createBufferSource();
  source.buffer = noise.white;
  const filter = context.createBiquadFilter();
  filter.type = burst.filter;
  filter.Q.value = burst.q;
  glide(filter.frequency, burst, start, pitch);
  const gain = envelope(context, burst, start, loudness);
  source.connect(filter).connect(gain).connect(to);
  const seconds = burst.attack + burst.decay;
  source.start(start, random() * Math.max(0, noise.white.duration - seconds - 0.1));
  endWith(source, start + seconds + 0.02, filter, gain);
}

export function playTone(
  { context }: Studio,
  to: AudioNode,
  tone: Tone,
  loudness: number,
  pitch = 1,
): void {
  const start = context.currentTime + (tone.delay ?? 0);
  const source = context.createOscillator();
  source.type = tone.wave;
  glide(source.frequency, tone, start, pitch);
  const gain = envelope(context, tone, start, loudness);
  source.connect(gain).connect(to);
  source.start(start);
  endWith(source, start + tone.attack + tone.decay + 0.02, gain);
}

function glide(param: AudioParam, stroke: Burst | Tone, start: number, pitch: number): void {
  param.setValueAtTime(stroke.frequency * pitch, start);
  if (stroke.frequencyTo !== undefined)
    param.exponentialRampToValueAtTime(
      stroke.frequencyTo * pitch,
      start + stroke.attack + stroke.decay,
    );
}

function envelope(
  context: BaseAudioContext,
  { attack, decay, gain }: Burst | Tone,
  start: number,
  loudness: number,
): GainNode {
  const node = context.createGain();
  const peak = Math.max(SILENT * 2, gain * loudness);
  node.gain.setValueAtTime(SILENT, start);
  node.gain.exponentialRampToValueAtTime(peak, start + attack);
  node.gain.exponentialRampToValueAtTime(SILENT, start + attack + decay);
  node.gain.linearRampToValueAtTime(0, start + attack + decay + 0.01);
  return node;
}

function endWith(source: AudioScheduledSourceNode, at: number, ...nodes: AudioNode[]): void {
  source.stop(at);
  source.onended = () => {
    source.disconnect();
    for (const node of nodes) node.disconnect();
  };
}
