// @vitest-environment happy-dom
import { POSE } from '@flux/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Settings, SettingsStore } from '../settings/settings.ts';
import type { SoundSource } from '../world/world_features.ts';
import type { OwnStride } from './footsteps.ts';
import { Soundscape } from './soundscape.ts';
import { FakeAudio } from './test_audio.ts';

const EARS = { x: 0, y: 1.5, z: 0, yaw: 0 };
const STANDING: OwnStride = {
  speed: 0,
  isGrounded: true,
  ground: 'stone',
  pose: POSE.idle,
  phase: 0,
};
const FRAME = 1 / 60;

let audio: FakeAudio;
let settings: SettingsStore;
let made: number;
let scape: Soundscape;

const build = (sources: readonly SoundSource[] = []): Soundscape =>
  new Soundscape(settings, sources, {
    createContext: () => {
      made++;
      return audio.asContext;
    },
    random: () => 0.5,
  });

const gesture = () => window.dispatchEvent(new Event('pointerdown'));

const setHidden = (isHidden: boolean) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isHidden ? 'hidden' : 'visible');
  document.dispatchEvent(new Event('visibilitychange'));
};

/** The first node that leads into the destination. */
const master = () => audio.nodes.find(({ to }) => to.includes(audio.destination));

beforeEach(() => {
  vi.useFakeTimers();
  audio = new FakeAudio();
  made = 0;
  settings = createStore(() => ({ volume: 1, isMuted: false }) as Settings);
});

afterEach(() => {
  scape.dispose();
  vi.useRealTimers();
});

describe('soundscape', () => {
  it('makes no context before the first gesture, and only one after it', () => {
    scape = build();
    scape.update(FRAME, EARS, STANDING, []);
    scape.cue('chat');
    expect(made).toBe(0);
    gesture();
    gesture();
    expect(made).toBe(1);
  });

  it('costs nothing while it is muted from the start, and sounds once it is not', () => {
    settings.setState({ isMuted: true });
    scape = build();
    gesture();
    expect(made).toBe(0);
    settings.setState({ isMuted: false });
    gesture();
    expect(made).toBe(1);
  });

  it('follows the volume at once, by a ramp', () => {
    scape = build();
    gesture();
    expect(master()?.gain.value).toBe(1);
    settings.setState({ volume: 0.5 });
    const half = master()?.gain.value ?? 0;
    expect(half).toBeGreaterThan(0.2);
    expect(half).toBeLessThan(0.5);
    settings.setState({ volume: 0 });
    expect(master()?.gain.value).toBe(0);
  });

  it('goes down and to sleep when muted, and wakes when not', async () => {
    scape = build();
    gesture();
    settings.setState({ isMuted: true });
    expect(master()?.gain.value).toBe(0);
    expect(audio.state).toBe('running');
    await vi.advanceTimersByTimeAsync(500);
    expect(audio.state).toBe('suspended');
    const { length } = audio.nodes;
    scape.update(FRAME, EARS, { ...STANDING, speed: 2, phase: 4 }, [{ x: 1, y: 0, z: 1 }]);
    scape.cue('chat');
    expect(audio.nodes.length).toBe(length);
    settings.setState({ isMuted: false });
    await vi.advanceTimersByTimeAsync(500);
    expect(audio.state).toBe('running');
    expect(master()?.gain.value).toBe(1);
  });

  it('sleeps while the page is hidden', async () => {
    scape = build();
    gesture();
    setHidden(true);
    await vi.advanceTimersByTimeAsync(500);
    expect(audio.state).toBe('suspended');
    setHidden(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(audio.state).toBe('running');
  });

  it('does not fall asleep when it is wanted again at once', async () => {
    scape = build();
    gesture();
    settings.setState({ isMuted: true });
    settings.setState({ isMuted: false });
    await vi.advanceTimersByTimeAsync(1000);
    expect(audio.state).toBe('running');
  });

  it('is silent where the browser has no audio, without failing', () => {
    scape = new Soundscape(settings, [], {
      createContext: () => {
        throw new DOMException('No device.', 'NotSupportedError');
      },
    });
    expect(gesture).not.toThrow();
    expect(() => scape.update(FRAME, EARS, STANDING, [])).not.toThrow();
  });

  it('plays the water that is near, from where it is, and not the water that is far', () => {
    scape = build([
      { kind: 'water', x: 4, y: 0, z: 0 },
      { kind: 'water', x: 400, y: 0, z: 0 },
    ]);
    gesture();
    scape.update(FRAME, EARS, STANDING, []);
    const panners = audio.nodes.filter(({ kind }) => kind === 'panner');
    expect(panners.map(({ positionX }) => positionX.value)).toEqual([4]);
    const before = audio.sounding.length;
    for (let i = 0; i < 40; i++) scape.update(FRAME, { ...EARS, x: -300 }, STANDING, []);
    audio.tick(2);
    expect(audio.sounding.length).toBeLessThan(before);
  });

  it('puts the ears where we look from', () => {
    scape = build();
    gesture();
    scape.update(FRAME, { x: 3, y: 2, z: 1, yaw: 0.25 }, STANDING, []);
    expect(audio.listener.positionX.value).toBe(3);
    expect(audio.listener.forwardX.value).toBeCloseTo(-1);
    expect(audio.listener.forwardZ.value).toBeCloseTo(0);
  });

  it.each(['chat', 'join', 'press', 'photo', 'portal'] as const)('plays the cue %s', (cue) => {
    scape = build();
    gesture();
    const before = audio.sounding.length;
    scape.cue(cue);
    expect(audio.sounding.length).toBeGreaterThan(before);
    audio.tick(4);
    expect(audio.sounding.length).toBe(before);
  });

  it('closes its context when it is disposed of, and hears no gesture any more', () => {
    scape = build();
    gesture();
    scape.dispose();
    expect(audio.state).toBe('closed');
    gesture();
    expect(made).toBe(1);
  });
});
