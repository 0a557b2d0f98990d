import { beforeEach, expect, test } from 'vitest';
import { MovePacer } from './move_pacer.ts';
import type { MoveState } from './move_state.ts';
import { SimulatedTime } from './simulated_time.ts';

const standing: MoveState = { x: 0, y: 0, z: 0, yaw: 0, pose: 0, flags: 0 };

let time: SimulatedTime;
let sent: { sequence: number; x: number; atMs: number }[];
let connected: boolean;
let pacer: MovePacer;

beforeEach(() => {
  time = new SimulatedTime();
  sent = [];
  connected = true;
  pacer = new MovePacer({
    nowMs: time.nowMs,
    after: time.after,
    send: (sequence, move) => {
      if (connected) sent.push({ sequence, x: move.x, atMs: time.nowMs() });
      return connected;
    },
  });
});

test('someone who walks at 60 frames a second sends at most 20 moves a second', () => {
  for (let frame = 0; frame < 600; frame += 1) {
    pacer.offer({ ...standing, x: frame * 0.1 });
    time.pass(1000 / 60);
  }
  expect(sent.length).toBeGreaterThan(150);
  expect(sent.length).toBeLessThanOrEqual(201);
  for (let index = 1; index < sent.length; index += 1) {
    expect((sent[index]?.atMs ?? 0) - (sent[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(49.999);
  }
});

test('who stands still sends nothing more', () => {
  for (let frame = 0; frame < 100; frame += 1) {
    pacer.offer(standing);
    time.pass(16);
  }
  expect(sent).toHaveLength(1);
});

test('a change below a centimetre and a 256th of a turn is no change', () => {
  pacer.offer(standing);
  time.pass(100);
  pacer.offer({ ...standing, x: 0.004, yaw: 1.001 });
  time.pass(100);
  expect(sent).toHaveLength(1);
});

test('the last state is sent even when nobody calls again', () => {
  pacer.offer(standing);
  time.pass(10);
  pacer.offer({ ...standing, x: 1 });
  time.pass(10);
  pacer.offer({ ...standing, x: 2 });
  time.pass(1000);
  expect(sent.map(({ x, atMs }) => [x, atMs])).toEqual([
    [0, 0],
    [200, 50],
  ]);
});

test('going back before the time has come sends nothing', () => {
  pacer.offer(standing);
  time.pass(10);
  pacer.offer({ ...standing, x: 1 });
  time.pass(10);
  pacer.offer(standing);
  time.pass(1000);
  expect(sent).toHaveLength(1);
});

test('a correction drops what waited, and goes on counting', () => {
  pacer.offer(standing);
  time.pass(10);
  pacer.offer({ ...standing, x: 9 });
  pacer.correct({ ...standing, x: 5 });
  time.pass(100);
  pacer.offer({ ...standing, x: 5 });
  time.pass(100);
  expect(sent).toHaveLength(1);
  pacer.offer({ ...standing, x: 5.5 });
  expect(sent.map(({ sequence, x }) => [sequence, x])).toEqual([
    [1, 0],
    [2, 550],
  ]);
});

test('without a connection no number is used up, and after it the place is told anew', () => {
  pacer.offer(standing);
  connected = false;
  time.pass(100);
  pacer.offer({ ...standing, x: 1 });
  connected = true;
  pacer.reset();
  time.pass(100);
  pacer.offer(standing);
  expect(sent.map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test('the sequence wraps at 16 bits', () => {
  for (let step = 0; step < 65_540; step += 1) {
    pacer.offer({ ...standing, x: step % 100 });
    time.pass(50);
  }
  expect(pacer.sequence).toBe(65_540 % 65_536);
});
