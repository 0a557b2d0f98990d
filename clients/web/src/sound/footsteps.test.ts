import { POSE } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { GROUND_KINDS } from '../world/world_features.ts';
import { Footsteps, type OwnStride } from './footsteps.ts';
import { makeNoise } from './noise.ts';
import { SpeechHints } from './speech_hints.ts';
import { FakeAudio } from './test_audio.ts';

const FRAME = 1 / 60;
const EAR = { x: 0, y: 1.5, z: 0 };
const random = () => 0.5;

function stage() {
  const audio = new FakeAudio();
  const context = audio.asContext;
  const studio = { context, noise: makeNoise(context, random), random };
  return { audio, studio, out: context.destination };
}

const stride = (more: Partial<OwnStride> = {}): OwnStride => ({
  speed: 2,
  isGrounded: true,
  ground: 'stone',
  pose: POSE.walk,
  phase: 0,
  ...more,
});

/** Frames of walking at so many strides a second. Returns the frames in which something began to sound. */
function walk(seconds: number, strides: number, more: Partial<OwnStride> = {}): number[] {
  const { audio, studio, out } = stage();
  const feet = new Footsteps(studio, out);
  const heard: number[] = [];
  for (let i = 0; i < seconds * 60; i++) {
    const phase = (i * FRAME * strides * Math.PI * 2 + 0.1) % (Math.PI * 2);
    const before = audio.nodes.length;
    feet.update(FRAME, stride({ phase, ...more }), [], EAR);
    if (audio.nodes.length > before) heard.push(i);
    audio.tick(FRAME);
  }
  return heard;
}

describe('footsteps', () => {
  it('sound twice a stride, when a foot comes down', () => {
    const heard = walk(4.1, 1);
    expect(heard.length).toBe(8);
    for (let i = 1; i < heard.length; i++) {
      expect(Math.abs((heard[i] ?? 0) - (heard[i - 1] ?? 0) - 30)).toBeLessThanOrEqual(1);
    }
  });

  it('do not sound while one stands, sits or flies', () => {
    expect(walk(2, 1, { speed: 0.1 })).toEqual([]);
    expect(walk(2, 1, { isGrounded: false, pose: POSE.fall })).toEqual([]);
  });

  it('differ by ground', () => {
    const sounds = GROUND_KINDS.map((ground) => {
      const { audio, studio, out } = stage();
      const feet = new Footsteps(studio, out);
      feet.update(FRAME, stride({ ground, phase: 3 }), [], EAR);
      feet.update(1, stride({ ground, phase: 3.2 }), [], EAR);
      return audio.nodes
        .filter(({ kind }) => kind === 'filter' || kind === 'tone')
        .map(({ frequency }) => Math.round(frequency.set[0]?.value ?? 0))
        .join(' ');
    });
    for (const sound of sounds) expect(sound).not.toBe('');
    expect(new Set(sounds).size).toBe(GROUND_KINDS.length);
  });

  it('are heard of landing after a jump, not of stepping down a kerb', () => {
    const landing = (airFrames: number): number => {
      const { audio, studio, out } = stage();
      const feet = new Footsteps(studio, out);
      const air = stride({ isGrounded: false, pose: POSE.fall });
      for (let i = 0; i < airFrames; i++) feet.update(FRAME, air, [], EAR);
      const before = audio.nodes.length;
      feet.update(FRAME, stride({ speed: 0 }), [], EAR);
      return audio.nodes.length - before;
    };
    expect(landing(30)).toBeGreaterThan(0);
    expect(landing(4)).toBe(0);
  });

  it('are heard of others who are near, from where they are', () => {
    const { audio, studio, out } = stage();
    const feet = new Footsteps(studio, out);
    const near = { x: 3, y: 0, z: 0, speed: 2, pose: POSE.walk, phase: 0.1 };
    const far = { ...near, x: 60 };
    const still = stride({ speed: 0 });
    for (let i = 0; i < 66; i++) {
      near.phase = far.phase = (0.1 + i * FRAME * Math.PI * 2) % (Math.PI * 2);
      feet.update(FRAME, still, [near, far], EAR);
      audio.tick(FRAME);
    }
    const panners = audio.nodes.filter(({ kind }) => kind === 'panner');
    expect(panners.length).toBe(2);
    for (const panner of panners) expect(panner.positionX.value).toBe(3);
    audio.tick(3);
    for (const panner of panners) expect(panner.to).toEqual([]);
  });

  it('leave nothing behind', () => {
    const { audio, studio, out } = stage();
    const feet = new Footsteps(studio, out);
    feet.update(1, stride({ phase: 3 }), [], EAR);
    feet.update(1, stride({ phase: 3.2 }), [], EAR);
    expect(audio.sounding.length).toBeGreaterThan(0);
    audio.tick(3);
    expect(audio.sounding).toEqual([]);
    for (const node of audio.nodes) expect(node.to).toEqual([]);
  });
});

describe('speech_hints', () => {
  it('sound once when somebody begins to speak, and again only after a silence', () => {
    const { audio, studio, out } = stage();
    const hints = new SpeechHints(studio, out);
    const speaker = { x: 2, y: 0, z: 2 };
    const hear = (seconds: number, speakers: readonly { x: number; y: number; z: number }[]) => {
      const before = audio.count('panner');
      for (let i = 0; i < seconds * 60; i++) hints.update(FRAME, speakers, EAR);
      return audio.count('panner') - before;
    };
    expect(hear(2, [speaker])).toBe(1);
    expect(hear(1, [])).toBe(0);
    expect(hear(1, [{ ...speaker, x: 2.5 }])).toBe(0);
    expect(hear(3, [])).toBe(0);
    expect(hear(1, [speaker])).toBe(1);
    expect(hear(1, [speaker, { x: -40, y: 0, z: 0 }])).toBe(0);
  });
});
