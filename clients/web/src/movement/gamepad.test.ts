// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PAD_DEFAULT, type PadAction, type PadMapping } from '../settings/settings.ts';
import { GamepadInput } from './gamepad.ts';

const FRAME = 1 / 60;

interface FakePad {
  connected: boolean;
  mapping: string;
  axes: number[];
  buttons: { pressed: boolean; value: number }[];
}

const fakePad = (): FakePad => ({
  connected: true,
  mapping: 'standard',
  axes: [0, 0, 0, 0],
  buttons: Array.from({ length: 17 }, () => ({ pressed: false, value: 0 })),
});

function plug(...pads: (FakePad | null)[]) {
  const getGamepads = vi.fn(() => pads);
  vi.stubGlobal('navigator', { getGamepads });
  return getGamepads;
}

function inputOf(mapping: PadMapping = PAD_DEFAULT) {
  const pressed: PadAction[] = [];
  const turned = { left: 0, up: 0 };
  const input = new GamepadInput(
    {
      onPress: (action) => pressed.push(action),
      onTurn: (left, up) => {
        turned.left += left;
        turned.up += up;
      },
    },
    () => mapping,
  );
  return { input, pressed, turned };
}

function press(pad: FakePad, button: number, isDown = true): void {
  pad.buttons[button] = { pressed: isDown, value: isDown ? 1 : 0 };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('gamepad', () => {
  it('walks as far as the left stick is tilted, and rests in the dead zone', () => {
    const pad = fakePad();
    plug(pad);
    const { input } = inputOf();
    pad.axes = [0.1, -0.1, 0, 0];
    input.poll(FRAME);
    expect(input.walk).toEqual({ x: 0, y: 0 });
    pad.axes = [0, -0.5, 0, 0];
    input.poll(FRAME);
    expect(input.walk.y).toBeGreaterThan(0.3);
    expect(input.walk.y).toBeLessThan(0.6);
    pad.axes = [1, -1, 0, 0];
    input.poll(FRAME);
    expect(Math.hypot(input.walk.x, input.walk.y)).toBeCloseTo(1);
  });

  it('looks with the right stick, finely near the middle', () => {
    const pad = fakePad();
    plug(pad);
    const { input, turned } = inputOf();
    pad.axes = [0, 0, 1, 0];
    input.poll(0.5);
    const full = -turned.left;
    expect(full).toBeGreaterThan(1);
    turned.left = 0;
    pad.axes = [0, 0, 0.5, -0.2];
    input.poll(0.5);
    expect(-turned.left).toBeLessThan(full * 0.4);
    expect(-turned.left).toBeGreaterThan(0);
    expect(turned.up).toBeGreaterThan(0);
  });

  it('tells of a button once for each press', () => {
    const pad = fakePad();
    plug(pad);
    const { input, pressed } = inputOf();
    press(pad, PAD_DEFAULT.chat);
    input.poll(FRAME);
    input.poll(FRAME);
    press(pad, PAD_DEFAULT.chat, false);
    input.poll(FRAME);
    press(pad, PAD_DEFAULT.chat);
    input.poll(FRAME);
    expect(pressed).toEqual(['chat', 'chat']);
  });

  it('follows the mapping, in which an action may have no button', () => {
    const pad = fakePad();
    plug(pad);
    const { input, pressed } = inputOf({ ...PAD_DEFAULT, jump: 7, sit: -1 });
    press(pad, 0);
    press(pad, 1);
    input.poll(FRAME);
    expect(pressed).toEqual([]);
    pad.buttons[7] = { pressed: false, value: 0.8 };
    input.poll(FRAME);
    expect(pressed).toEqual(['jump']);
    expect(input.isHeld('jump')).toBe(true);
  });

  it('runs while its button is held, and after a tap until the stick rests', () => {
    const pad = fakePad();
    plug(pad);
    const { input } = inputOf();
    pad.axes = [0, -1, 0, 0];
    press(pad, PAD_DEFAULT.run);
    for (let i = 0; i < 60; i++) input.poll(FRAME);
    expect(input.isRunning).toBe(true);
    press(pad, PAD_DEFAULT.run, false);
    input.poll(FRAME);
    expect(input.isRunning).toBe(false);
    press(pad, PAD_DEFAULT.run);
    input.poll(FRAME);
    press(pad, PAD_DEFAULT.run, false);
    input.poll(FRAME);
    expect(input.isRunning).toBe(true);
    pad.axes = [0, 0, 0, 0];
    input.poll(FRAME);
    expect(input.isRunning).toBe(false);
  });

  it('asks for none while there is none, and notices one that comes and goes', () => {
    const getGamepads = plug(null);
    const { input } = inputOf();
    for (let i = 0; i < 40; i++) input.poll(FRAME);
    expect(getGamepads).toHaveBeenCalledTimes(1);
    const pad = fakePad();
    plug(pad);
    window.dispatchEvent(new Event('gamepadconnected'));
    pad.axes = [0, -1, 0, 0];
    input.poll(FRAME);
    expect(input.walk.y).toBeCloseTo(1);
    pad.connected = false;
    input.poll(FRAME);
    expect(input.walk.y).toBe(0);
  });

  it('finds one that was put there without an event', () => {
    plug(null);
    const { input, pressed } = inputOf();
    input.poll(FRAME);
    const pad = fakePad();
    plug(pad);
    press(pad, PAD_DEFAULT.menu);
    for (let i = 0; i < 60; i++) input.poll(FRAME);
    expect(pressed).toEqual(['menu']);
  });

  it('does without where the page may not ask', () => {
    vi.stubGlobal('navigator', {
      getGamepads: () => {
        throw new DOMException('Not here.', 'SecurityError');
      },
    });
    const { input } = inputOf();
    expect(() => input.poll(FRAME)).not.toThrow();
  });
});
