// clips: the movements of motions.glb, packed as even frames so that sampling one is a few sums.

import { EMOTES } from '@flux/sdk';
import { type BodyPose, FACE } from './body_pose.ts';
import { BONE, BONES } from './bones.ts';

export const CLIP_NAMES = [
  'idle',
  'idle.look',
  'idle.shift',
  'idle.stretch',
  'walk',
  'run',
  'start',
  'stop',
  'turn.left',
  'turn.right',
  'jump',
  'fall',
  'land',
  'sit',
  'rest',
  ...EMOTES,
] as const;
export type ClipName = (typeof CLIP_NAMES)[number];

/** Frames a second in a packed clip. */
export const CLIP_RATE = 30;

export interface Clip {
  readonly name: ClipName;
  readonly seconds: number;
  readonly loop: boolean;
  /** Metres of ground a cycle covers; 0 for what stays in its place. */
  readonly stride: number;
  /** Seconds it takes to come in. */
  readonly fade: number;
  /** Radians to the left that a cycle turns the body. */
  readonly turn: number;
  /** A looping clip's last frame is followed by its first; another's lasts. */
  readonly frames: number;
  /** Four numbers a bone, BONES a frame. */
  readonly rotation: Float32Array;
  /** Three numbers a frame each. */
  readonly hips: Float32Array;
  readonly face: Float32Array;
}

export type Clips = Readonly<Record<ClipName, Clip>>;

/** What a glTF animation says of one bone: values at times, to be mixed in between. */
export interface Track {
  readonly bone: number;
  readonly path: 'rotation' | 'translation' | 'scale';
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface ClipSource {
  readonly name: ClipName;
  readonly loop: boolean;
  readonly stride: number;
  readonly fade: number;
  readonly turn: number;
  readonly tracks: readonly Track[];
  /** Of the hips at rest. */
  readonly hips: readonly [number, number, number];
}

const FACE_OF = new Map<number, number>([
  [BONE.jaw, FACE.jaw],
  [BONE.leftEye, FACE.leftEye],
  [BONE.rightEye, FACE.rightEye],
]);

export function packClip(source: ClipSource): Clip {
  const { name, loop, stride, fade, turn, tracks } = source;
  const seconds = Math.max(
    1 / CLIP_RATE,
    ...tracks.map((track) => track.times[track.times.length - 1] ?? 0),
  );
  const steps = Math.max(1, Math.round(seconds * CLIP_RATE));
  const frames = loop ? steps : steps + 1;
  const rotation = new Float32Array(frames * BONES * 4);
  for (let at = 3; at < rotation.length; at += 4) rotation[at] = 1;
  const hips = new Float32Array(frames * 3);
  const face = new Float32Array(frames * 3);
  for (let frame = 0; frame < frames; frame++) {
    hips.set(source.hips, frame * 3);
    face.set([0, 1, 1], frame * 3);
  }
  const clip: Clip = { name, seconds, loop, stride, fade, turn, frames, rotation, hips, face };
  for (const track of tracks) packTrack(clip, track, steps);
  return clip;
}

function packTrack(clip: Clip, track: Track, steps: number): void {
  const size = track.path === 'rotation' ? 4 : 3;
  const value = [0, 0, 0, 1];
  let key = 0;
  for (let frame = 0; frame < clip.frames; frame++) {
    key = readTrack(track, size, (frame / steps) * clip.seconds, key, value);
    if (track.path === 'rotation') {
      clip.rotation.set(value, (frame * BONES + track.bone) * 4);
    } else if (track.path === 'translation') {
      if (track.bone === BONE.hips) clip.hips.set(value.slice(0, 3), frame * 3);
    } else {
      const place = FACE_OF.get(track.bone);
      if (place !== undefined) clip.face[frame * 3 + place] = value[1] ?? 1;
    }
  }
}

/** Returns the key before `time`, from which the next reading goes on. */
function readTrack(track: Track, size: number, time: number, from: number, out: number[]): number {
  const { times, values } = track;
  let key = from;
  while (key + 1 < times.length && (times[key + 1] ?? 0) <= time) key++;
  const next = Math.min(key + 1, times.length - 1);
  const start = times[key] ?? 0;
  const share =
    next === key ? 0 : Math.min(1, Math.max(0, (time - start) / ((times[next] ?? 0) - start)));
  let dot = 0;
  for (let k = 0; k < size; k++)
    dot += (values[key * size + k] ?? 0) * (values[next * size + k] ?? 0);
  const sign = size === 4 && dot < 0 ? -1 : 1;
  let length = 0;
  for (let k = 0; k < size; k++) {
    const a = values[key * size + k] ?? 0;
    const mixed = a + ((values[next * size + k] ?? 0) * sign - a) * share;
    out[k] = mixed;
    length += mixed * mixed;
  }
  if (size === 4) for (let k = 0; k < 4; k++) out[k] = (out[k] ?? 0) / (Math.sqrt(length) || 1);
  return key;
}

/** Where a clip stands after `seconds`, in frames: round and round, or stopping at its last. */
export function frameAt(clip: Clip, seconds: number): number {
  const frames = clip.loop ? clip.frames : clip.frames - 1;
  const at = (seconds / clip.seconds) * frames;
  return clip.loop ? ((at % frames) + frames) % frames : Math.min(frames, Math.max(0, at));
}

/** Where the legs begin of somebody who sits, however long they are. */
const SEATED_LEVEL = 0.528;

/** Writes the pose of a clip at a frame, which may lie between two. */
export function samplePose(clip: Clip, frame: number, out: BodyPose): void {
  const first = Math.min(clip.frames - 1, Math.floor(frame));
  const second = clip.loop ? (first + 1) % clip.frames : Math.min(first + 1, clip.frames - 1);
  const share = frame - first;
  out.level = clip.name === 'sit' ? SEATED_LEVEL : 0;
  mixRotations(clip.rotation, first * BONES * 4, second * BONES * 4, share, out.rotation);
  for (let k = 0; k < 3; k++) {
    out.hips[k] = between(clip.hips, first * 3 + k, second * 3 + k, share);
    out.face[k] = between(clip.face, first * 3 + k, second * 3 + k, share);
  }
}

function between(values: Float32Array, a: number, b: number, share: number): number {
  const from = values[a] ?? 0;
  return from + ((values[b] ?? 0) - from) * share;
}

function mixRotations(
  from: Float32Array,
  a: number,
  b: number,
  share: number,
  out: Float32Array,
): void {
  for (let at = 0; at < BONES * 4; at += 4) {
    const ax = from[a + at] as number;
    const ay = from[a + at + 1] as number;
    const az = from[a + at + 2] as number;
    const aw = from[a + at + 3] as number;
    const bx = from[b + at] as number;
    const by = from[b + at + 1] as number;
    const bz = from[b + at + 2] as number;
    const bw = from[b + at + 3] as number;
    const take = ax * bx + ay * by + az * bz + aw * bw < 0 ? -share : share;
    const keep = 1 - share;
    const x = ax * keep + bx * take;
    const y = ay * keep + by * take;
    const z = az * keep + bz * take;
    const w = aw * keep + bw * take;
    const scale = 1 / (Math.sqrt(x * x + y * y + z * z + w * w) || 1);
    out[at] = x * scale;
    out[at + 1] = y * scale;
    out[at + 2] = z * scale;
    out[at + 3] = w * scale;
  }
}
