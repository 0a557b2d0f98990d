import { beforeEach, expect, test } from 'vitest';
import { Liveness } from './liveness.ts';
import { SimulatedTime } from './simulated_time.ts';

let time: SimulatedTime;
let pings: number[];
let lostAtMs: number | null;
let answer: (n: number) => void;
let liveness: Liveness;

beforeEach(() => {
  time = new SimulatedTime();
  pings = [];
  lostAtMs = null;
  answer = () => undefined;
  liveness = new Liveness({
    nowMs: time.nowMs,
    after: time.after,
    ping: (n) => {
      pings.push(n);
      answer(n);
    },
    lost: () => {
      lostAtMs = time.nowMs();
    },
  });
});

test('measures the round trip every two seconds', () => {
  answer = (n) => {
    time.after(40, () => {
      liveness.heard();
      liveness.pong(n);
    });
  };
  expect(liveness.pingMs).toBeNaN();
  liveness.start();
  time.pass(10_000);
  expect(liveness.pingMs).toBe(40);
  expect(pings).toHaveLength(6);
  expect(lostAtMs).toBeNull();
});

test('silence after a ping means that the network is gone', () => {
  liveness.start();
  time.pass(20_000);
  expect(lostAtMs).toBe(6000);
  expect(pings).toHaveLength(1);
});

test('while anything comes the connection lives, though pongs are missing', () => {
  liveness.start();
  for (let step = 0; step < 400; step += 1) {
    time.pass(50);
    liveness.heard();
  }
  expect(lostAtMs).toBeNull();
});

test('an old answer measures nothing', () => {
  liveness.start();
  liveness.pong(99);
  expect(liveness.pingMs).toBeNaN();
});

test('stops when told', () => {
  liveness.start();
  liveness.stop();
  time.pass(60_000);
  expect(lostAtMs).toBeNull();
  expect(pings).toHaveLength(1);
});
