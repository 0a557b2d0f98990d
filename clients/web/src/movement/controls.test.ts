// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ControlEvents, Controls } from './controls.ts';

function fakeEvents() {
  return {
    onLook: vi.fn(),
    onTurn: vi.fn(),
    onZoom: vi.fn(),
    onToggleView: vi.fn(),
    onSit: vi.fn(),
    onTap: vi.fn(),
    onPadAction: vi.fn(),
  } satisfies ControlEvents;
}

let canvas: HTMLCanvasElement;
let events: ReturnType<typeof fakeEvents>;
let controls: Controls;

beforeEach(() => {
  canvas = document.createElement('canvas');
  canvas.setPointerCapture = () => {};
  document.body.replaceChildren(canvas);
  events = fakeEvents();
  controls = new Controls(canvas, events);
  return () => controls.dispose();
});

function key(type: 'keydown' | 'keyup', code: string, target: EventTarget = window): void {
  target.dispatchEvent(new KeyboardEvent(type, { code, bubbles: true, cancelable: true }));
}

interface Place {
  id?: number;
  x: number;
  y: number;
  ms?: number;
  touch?: boolean;
  button?: number;
}

function pointer(type: string, { id = 1, x, y, ms = 0, touch = false, button = 0 }: Place): void {
  const event = new PointerEvent(type, {
    pointerId: id,
    pointerType: touch ? 'touch' : 'mouse',
    button,
  });
  const offset = { offsetX: { value: x }, offsetY: { value: y }, timeStamp: { value: ms } };
  canvas.dispatchEvent(Object.defineProperties(event, offset));
}

describe('controls', () => {
  it('walks as far with two keys as with one', () => {
    key('keydown', 'KeyW');
    expect(controls.direction).toEqual({ x: 0, y: 1 });
    key('keydown', 'ArrowUp');
    expect(controls.direction).toEqual({ x: 0, y: 1 });
    key('keydown', 'KeyD');
    const { x, y } = controls.direction;
    expect(Math.hypot(x, y)).toBeCloseTo(1);
    for (const code of ['KeyW', 'ArrowUp', 'KeyD']) key('keyup', code);
    expect(controls.direction).toEqual({ x: 0, y: 0 });
  });

  it('lets the stick of the screen walk slowly', () => {
    controls.setStick(0, 0.4, false);
    expect(controls.direction.y).toBeCloseTo(0.4);
  });

  it('holds a jump while the key is down, and the full time after a press on the screen', () => {
    key('keydown', 'Space');
    expect(controls.takeJump()).toBe(true);
    expect(controls.takeJump()).toBe(false);
    expect(controls.holdsJump).toBe(true);
    key('keyup', 'Space');
    expect(controls.holdsJump).toBe(false);
    controls.jump();
    controls.poll(0.3);
    expect(controls.takeJump()).toBe(true);
    expect(controls.holdsJump).toBe(true);
    controls.poll(0.3);
    expect(controls.holdsJump).toBe(false);
  });

  it('leaves keys to fields, to the shell and to shortcuts', () => {
    const field = document.createElement('input');
    document.body.append(field);
    key('keydown', 'KeyW', field);
    expect(controls.direction.y).toBe(0);
    window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyW', ctrlKey: true }));
    expect(controls.direction.y).toBe(0);
    key('keydown', 'KeyW');
    controls.setKeyboard(false);
    expect(controls.direction.y).toBe(0);
    key('keydown', 'KeyX');
    expect(events.onSit).not.toHaveBeenCalled();
    controls.setKeyboard(true);
    key('keydown', 'KeyX');
    expect(events.onSit).toHaveBeenCalledOnce();
  });

  it('lets go of all keys when the window loses the keyboard', () => {
    key('keydown', 'KeyW');
    window.dispatchEvent(new Event('blur'));
    expect(controls.direction.y).toBe(0);
  });

  it('looks by a drag, which is not a tap', () => {
    pointer('pointerdown', { x: 10, y: 10 });
    pointer('pointermove', { x: 40, y: 5, ms: 50 });
    pointer('pointermove', { x: 11, y: 10, ms: 90 });
    pointer('pointerup', { x: 11, y: 10, ms: 100 });
    expect(events.onLook.mock.calls).toEqual([
      [30, -5],
      [-29, 5],
    ]);
    expect(events.onTap).not.toHaveBeenCalled();
  });

  it('taps, and knows the second of two', () => {
    const tap = (ms: number) => {
      pointer('pointerdown', { x: 50, y: 60, ms });
      pointer('pointerup', { x: 52, y: 60, ms: ms + 80 });
    };
    tap(0);
    tap(200);
    tap(400);
    tap(2000);
    expect(events.onTap.mock.calls.map((call) => call[2])).toEqual([false, true, false, false]);
  });

  it('does not take a long press or the other buttons for a tap', () => {
    pointer('pointerdown', { x: 50, y: 60 });
    pointer('pointerup', { x: 50, y: 60, ms: 900 });
    pointer('pointerdown', { x: 50, y: 60, ms: 1000, button: 2 });
    pointer('pointerup', { x: 50, y: 60, ms: 1050, button: 2 });
    expect(events.onTap).not.toHaveBeenCalled();
  });

  it('zooms by two fingers, which neither look nor tap', () => {
    pointer('pointerdown', { id: 1, x: 100, y: 100, touch: true });
    pointer('pointerdown', { id: 2, x: 200, y: 100, touch: true });
    pointer('pointermove', { id: 2, x: 300, y: 100, touch: true });
    expect(events.onZoom).toHaveBeenCalledOnce();
    expect(events.onZoom.mock.calls[0]?.[0]).toBeCloseTo(-Math.log(2));
    pointer('pointerup', { id: 2, x: 300, y: 100, ms: 60, touch: true });
    pointer('pointerup', { id: 1, x: 100, y: 100, ms: 70, touch: true });
    expect(events.onTap).not.toHaveBeenCalled();
    expect(events.onLook).not.toHaveBeenCalled();
  });

  it('zooms by the wheel, in bounds', () => {
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, cancelable: true }));
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -99999, cancelable: true }));
    expect(events.onZoom.mock.calls[0]?.[0]).toBeCloseTo(0.11);
    expect(events.onZoom.mock.calls[1]?.[0]).toBe(-0.5);
  });

  it('hears nothing any more after it is disposed of', () => {
    controls.dispose();
    key('keydown', 'KeyW');
    pointer('pointerdown', { x: 1, y: 1 });
    pointer('pointerup', { x: 1, y: 1 });
    expect(controls.direction.y).toBe(0);
    expect(events.onTap).not.toHaveBeenCalled();
  });
});
