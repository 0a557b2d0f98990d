// @vitest-environment happy-dom
import {
  ENTITY_FLAG,
  type EntityId,
  type FluxClient,
  type MoveState,
  POSE,
  type WorldDocument,
} from '@flux/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { PAD_DEFAULT, type Settings, type SettingsStore } from '../settings/settings.ts';
import type { Seat } from '../world/world_features.ts';
import { SelfControl, type SelfOptions } from './self_control.ts';
import { box, gridOf } from './test_ground.ts';

const FRAME = 1 / 60;
const SMOOTH = { smoothing: 0.4 };
const HEAD = 1.2;
const SELF = 1;
const OTHER = 2 as EntityId;
const SEAT: Seat = { x: 3, y: 0.45, z: 0, yaw: 0.25 };

interface Row {
  id: number;
  x: number;
  y: number;
  z: number;
}

class FakeClient {
  readonly self = SELF;
  readonly rows: Row[] = [];
  readonly sent: MoveState[] = [];
  private readonly listeners = new Map<string, (event: unknown) => void>();
  readonly welcome = { speedMax: 6, place: { x: 0, y: 0, z: 0, yaw: 0 }, resumed: false };

  get picture() {
    const { rows } = this;
    const places = Float32Array.from(rows.flatMap(({ x, y, z }) => [x, y, z, 0]));
    return {
      count: rows.length,
      kind: new Uint8Array(rows.length),
      id: Uint32Array.from(rows.map(({ id }) => id)),
      from: places,
      to: places,
      time: new Float32Array(rows.length * 2),
      epochTick: 0,
      find: (id: number) => rows.findIndex((row) => row.id === id),
    };
  }

  readonly now = () => 10;
  readonly sendMove = (move: MoveState) => void this.sent.push(move);
  readonly on = (name: string, listener: (event: unknown) => void) => {
    this.listeners.set(name, listener);
    return () => this.listeners.delete(name);
  };

  tell(name: string, event: unknown): void {
    this.listeners.get(name)?.(event);
  }

  get last(): MoveState {
    const move = this.sent[this.sent.length - 1];
    if (!move) throw new Error('Nothing has been sent.');
    return move;
  }
}

const WORLD = {
  bounds: { least: [-40, -2, -40], most: [40, 20, 40] },
  speed: { walk: 2, run: 6 },
  portals: [],
} as unknown as WorldDocument;

let client: FakeClient;
let canvas: HTMLCanvasElement;
let settings: SettingsStore;
let self: SelfControl;
let tapsPerson = false;
const told = { seat: [] as boolean[], follow: [] as (number | null)[], pad: [] as string[] };

function build(corners: readonly number[] = [], more: Partial<SelfOptions> = {}): void {
  self = new SelfControl({
    canvas,
    client: client as unknown as FluxClient,
    world: WORLD,
    grid: gridOf(corners),
    settings,
    seats: [SEAT],
    onTap: () => tapsPerson,
    onSeat: (isNear) => told.seat.push(isNear),
    onFollow: (id) => told.follow.push(id),
    onPadAction: (action) => told.pad.push(action),
    ...more,
  });
}

function run(seconds: number): void {
  for (let i = 0; i < Math.max(1, Math.round(seconds * 60)); i++) self.update(FRAME, HEAD, SMOOTH);
}

const key = (type: 'keydown' | 'keyup', code: string) =>
  window.dispatchEvent(new KeyboardEvent(type, { code }));

function press(code: string, seconds: number): void {
  key('keydown', code);
  run(seconds);
  key('keyup', code);
}

function click(x: number, y: number): void {
  for (const type of ['pointerdown', 'pointerup']) {
    const event = new PointerEvent(type, { pointerId: 1, button: 0 });
    canvas.dispatchEvent(
      Object.defineProperties(event, { offsetX: { value: x }, offsetY: { value: y } }),
    );
  }
}

beforeEach(() => {
  client = new FakeClient();
  canvas = document.createElement('canvas');
  canvas.setPointerCapture = () => {};
  Object.defineProperties(canvas, { clientWidth: { value: 800 }, clientHeight: { value: 600 } });
  settings = createStore(
    () => ({ clickToWalk: true, fieldOfView: 60, pad: PAD_DEFAULT }) as Settings,
  );
  tapsPerson = false;
  told.seat = [];
  told.follow = [];
  told.pad = [];
  build();
});

afterEach(() => {
  self.dispose();
  vi.unstubAllGlobals();
});

describe('self_control', () => {
  it('moves in the same frame in which a key goes down, and tells the server', () => {
    run(0.1);
    key('keydown', 'KeyW');
    run(FRAME);
    expect(self.state.z).toBeLessThan(0);
    expect(client.last.z).toBeLessThan(0);
    run(0.5);
    expect(client.last.pose).toBe(POSE.walk);
    key('keyup', 'KeyW');
    run(0.3);
    expect(client.last.pose).toBe(POSE.idle);
  });

  it('never goes faster than the server allows', () => {
    key('keydown', 'ShiftLeft');
    key('keydown', 'KeyW');
    for (let i = 0; i < 120; i++) {
      const { x, z } = client.sent[client.sent.length - 1] ?? { x: 0, z: 0 };
      run(FRAME);
      expect(Math.hypot(client.last.x - x, client.last.z - z) / FRAME).toBeLessThan(6);
    }
    expect(client.last.pose).toBe(POSE.run);
  });

  it('turns its body to where it walks, not at once', () => {
    key('keydown', 'KeyD');
    run(FRAME);
    const { yaw } = self.state;
    expect(yaw).toBeLessThan(0);
    expect(yaw).toBeGreaterThan(-0.1);
    run(0.5);
    expect(self.state.yaw).toBeCloseTo(-0.27, 1);
  });

  it('walks to a place by itself until it is steered', async () => {
    const there = self.walkTo(4, -4);
    run(4);
    await expect(there).resolves.toBeUndefined();
    expect(Math.hypot(self.state.x - 4, self.state.z + 4)).toBeLessThan(0.4);
    expect(self.errandTarget).toBeNull();
    const back = self.walkTo(0, 0);
    run(0.3);
    expect(self.errandTarget).toMatchObject({ x: 0, z: 0 });
    press('KeyA', 0.1);
    await expect(back).rejects.toThrow('interrupted');
    expect(self.errandTarget).toBeNull();
  });

  it('walks where one clicks, unless somebody is clicked or it is switched off', () => {
    run(1);
    click(400, 320);
    run(0.5);
    expect(self.errandTarget).not.toBeNull();
    expect(self.state.z).toBeLessThan(0);
    press('KeyW', 0.1);
    tapsPerson = true;
    click(400, 320);
    run(0.2);
    expect(self.errandTarget).toBeNull();
    tapsPerson = false;
    settings.setState({ clickToWalk: false });
    click(400, 320);
    run(0.2);
    expect(self.errandTarget).toBeNull();
  });

  it('tells when a seat is near, sits on it, and gets up when steered', async () => {
    run(0.5);
    expect(told.seat).toEqual([]);
    await Promise.all([self.walkTo(2.2, 0), Promise.resolve(run(3))]);
    run(0.5);
    expect(told.seat).toEqual([true]);
    key('keydown', 'KeyX');
    key('keyup', 'KeyX');
    run(1);
    await Promise.resolve();
    run(1);
    expect(client.last.pose).toBe(POSE.sit);
    expect(client.last.x).toBeCloseTo(SEAT.x);
    expect(client.last.y).toBeCloseTo(SEAT.y - 0.45);
    expect(((client.last.yaw % 1) + 1) % 1).toBeCloseTo(SEAT.yaw, 1);
    press('KeyW', 0.6);
    expect(client.last.pose).not.toBe(POSE.sit);
    expect(client.last.z).toBeLessThan(-0.2);
  });

  it('does not sit on somebody', () => {
    client.rows.push({ id: OTHER, x: SEAT.x, y: 0, z: SEAT.z + 0.1 });
    client.tell('correct', { place: { x: 2.4, y: 0, z: 0 } });
    run(0.5);
    expect(told.seat).toEqual([]);
    self.toggleSitting();
    run(0.5);
    expect(client.last.pose).toBe(POSE.rest);
    expect(client.last.x).toBeCloseTo(2.4);
  });

  it('follows somebody until it is steered', () => {
    client.rows.push({ id: OTHER, x: 12, y: 0, z: 0 });
    self.follow(OTHER);
    run(5);
    expect(self.state.x).toBeGreaterThan(9);
    expect(told.follow).toEqual([OTHER]);
    press('KeyS', 0.1);
    expect(told.follow).toEqual([OTHER, null]);
    const { x } = self.state;
    run(1);
    expect(Math.abs(self.state.x - x)).toBeLessThan(0.5);
  });

  it('stops following who has left, and does not begin with who is not there', () => {
    self.follow(OTHER);
    expect(told.follow).toEqual([]);
    client.rows.push({ id: OTHER, x: 12, y: 0, z: 0 });
    self.follow(OTHER);
    run(0.5);
    client.rows.length = 0;
    run(0.1);
    expect(told.follow).toEqual([OTHER, null]);
  });

  it('shows an emote until it ends or one moves', () => {
    self.playEmote('groove');
    run(1);
    expect(client.last.pose).toBe(POSE.groove);
    press('KeyW', 0.1);
    run(0.5);
    expect(client.last.pose).toBe(POSE.idle);
    self.playEmote('hand');
    run(0.5);
    expect(client.last.pose).toBe(POSE.hand);
    run(6);
    expect(client.last.pose).toBe(POSE.idle);
  });

  it('shows its hand to everybody while it is raised', () => {
    self.setHand(true);
    run(FRAME);
    expect(client.last.flags & ENTITY_FLAG.handRaised).not.toBe(0);
    self.setHand(false);
    run(FRAME);
    expect(client.last.flags & ENTITY_FLAG.handRaised).toBe(0);
  });

  it('lets the eye float in photo mode while the body stands', () => {
    run(1);
    const { x, y, z } = self.eye;
    self.setPhotoMode(true);
    expect(self.eye).toMatchObject({ x, y, z });
    press('KeyD', 1);
    expect(self.eye.x).toBeGreaterThan(x + 1);
    expect(self.state.x).toBe(0);
    press('Space', 0.5);
    expect(self.eye.y).toBeGreaterThan(y + 0.5);
    expect(self.state.y).toBe(0);
    self.look(100, 0);
    expect(self.camera.yaw).toBe(0);
    self.setPhotoMode(false);
    run(FRAME);
    expect(self.eye).toMatchObject({ x, z });
  });

  it('goes where the server says, and walks on from there', () => {
    client.tell('correct', { place: { x: -5, y: 0, z: 7 } });
    run(1);
    expect(self.state).toMatchObject({ x: -5, z: 7 });
    press('KeyW', 0.5);
    expect(self.state.z).toBeLessThan(6.6);
  });

  it('walks, looks and jumps by gamepad, and hands the shell its buttons', () => {
    const pad = {
      connected: true,
      mapping: 'standard',
      axes: [0, -0.6, 0, 0],
      buttons: Array.from({ length: 17 }, () => ({ pressed: false, value: 0 })),
    };
    vi.stubGlobal('navigator', { getGamepads: () => [pad] });
    run(0.5);
    const slow = -client.last.z;
    expect(slow).toBeGreaterThan(0.2);
    pad.axes = [0, -1, 0, 0];
    const { z } = client.last;
    run(0.5);
    expect(z - client.last.z).toBeGreaterThan(slow * 1.2);
    pad.axes = [0, 0, 1, 0];
    run(0.5);
    expect(self.camera.yaw).toBeLessThan(-1);
    pad.buttons[PAD_DEFAULT.jump] = { pressed: true, value: 1 };
    run(0.2);
    expect(client.last.y).toBeGreaterThan(0.5);
    pad.buttons[PAD_DEFAULT.emotes] = { pressed: true, value: 1 };
    run(FRAME);
    expect(told.pad).toEqual(['emotes']);
  });

  it('finds its way by itself out of a corner it was put into', async () => {
    self.dispose();
    build([...box([0, 0, -2], [6, 3, 0.3]), ...box([3, 0, 0], [0.3, 3, 4])]);
    const there = self.walkTo(6, -6);
    run(10);
    await expect(there).resolves.toBeUndefined();
  });
});
