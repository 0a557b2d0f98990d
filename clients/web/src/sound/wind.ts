// wind: air around us that swells and falls, and what it does to leaves. Everything that moves in the
// wind asks it how strong it is.

import type { Studio } from './strokes.ts';

const EASE = 0.5; // seconds: a gust takes its time
const TELL_EVERY_SECONDS = 0.12;
const BREATH = { least: 0.022, gust: 0.05 } as const;
const RUSTLE = 0.02;

export class Wind {
  /** 0 calm, 1 the height of a gust. */
  gust = 0.2;
  private seconds = 0;
  private sinceTold = Infinity;
  private readonly context: BaseAudioContext;
  private readonly breath: { gain: GainNode; filter: BiquadFilterNode };
  private readonly rustle: { gain: GainNode; filter: BiquadFilterNode };
  private readonly sources: AudioBufferSourceNode[] = [];
  private readonly phases: readonly number[];

  constructor({ context, noise, random }: Studio, out: AudioNode) {
    this.context = context;
    this.phases = [random() * 100, random() * 100, random() * 100];
    this.breath = this.layer(noise.pink, 'bandpass', 320, 0.7, out);
    this.rustle = this.layer(noise.pink, 'highpass', 3600, 0.4, out);
  }

  update(delta: number): void {
    this.seconds += delta;
    const [a = 0, b = 0, c = 0] = this.phases;
    const t = this.seconds;
    // Three waves that do not come round together: it never repeats itself audibly.
    const swell =
      0.5 +
      0.28 * Math.sin(t * 0.23 + a) +
      0.22 * Math.sin(t * 0.61 + b) +
      0.12 * Math.sin(t * 1.47 + c);
    this.gust = Math.min(1, Math.max(0, swell)) ** 1.6;
    this.sinceTold += delta;
    if (this.sinceTold < TELL_EVERY_SECONDS) return;
    this.sinceTold = 0;
    const now = this.context.currentTime;
    const set = (param: AudioParam, value: number) => param.setTargetAtTime(value, now, EASE);
    set(this.breath.gain.gain, BREATH.least + BREATH.gust * this.gust);
    set(this.breath.filter.frequency, 240 + 420 * this.gust);
    set(this.rustle.gain.gain, RUSTLE * this.gust ** 1.5);
  }

  dispose(): void {
    for (const source of this.sources) source.stop();
  }

  private layer(
    buffer: AudioBuffer,
    type: BiquadFilterType,
    frequency: number,
    q: number,
    out: AudioNode,
  ): { gain: GainNode; filter: BiquadFilterNode } {
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.loop = true;
    const filter = this.context.createBiquadFilter();
    filter.type = type;
    filter.frequency.value = frequency;
    filter.Q.value = q;
    const gain = this.context.createGain();
    gain.gain.value = 0;
    source.connect(filter).connect(gain).connect(out);
    source.start(0, this.sources.length * 1.3);
    this.sources.push(source);
    return { gain, filter };
  }
}
