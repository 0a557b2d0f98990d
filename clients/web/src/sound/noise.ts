// noise: the buffers everything that rustles, blows and splashes is cut from. Made once for a context.

export interface Noise {
  /** As much of every pitch: hisses and crackles. */
  readonly white: AudioBuffer;
  /** Softer the higher: wind, water, leaves. */
  readonly pink: AudioBuffer;
}

const SECONDS = 4;
/** The end is faded into the beginning over this long, so that the loop has no seam. */
const SEAM_SECONDS = 0.3;
const RMS = 0.25;

export function makeNoise(context: BaseAudioContext, random: () => number): Noise {
  return {
    white: buffer(context, () => random() * 2 - 1),
    pink: buffer(context, pinkFrom(random)),
  };
}

function buffer(context: BaseAudioContext, next: () => number): AudioBuffer {
  const { sampleRate } = context;
  const length = Math.round(SECONDS * sampleRate);
  const seam = Math.round(SEAM_SECONDS * sampleRate);
  const raw = new Float32Array(length + seam);
  for (let i = 0; i < raw.length; i++) raw[i] = next();
  for (let i = 0; i < seam; i++) {
    const turn = ((i / seam) * Math.PI) / 2;
    raw[i] = (raw[i] ?? 0) * Math.sin(turn) + (raw[length + i] ?? 0) * Math.cos(turn);
  }
  const made = context.createBuffer(1, length, sampleRate);
  const samples = made.getChannelData(0);
  samples.set(raw.subarray(0, length));
  let square = 0;
  for (const sample of samples) square += sample * sample;
  const scale = RMS / Math.sqrt(square / length || 1);
  for (let i = 0; i < length; i++) samples[i] = (samples[i] ?? 0) * scale;
  return made;
}

/** White noise through Paul Kellet's three poles: 3 dB softer each octave. */
function pinkFrom(random: () => number): () => number {
  let [a, b, c] = [0, 0, 0];
  return () => {
    const white = random() * 2 - 1;
    a = 0.99765 * a + white * 0.099046;
    b = 0.963 * b + white * 0.2965164;
    c = 0.57 * c + white * 1.0526913;
    return a + b + c + white * 0.1848;
  };
}
