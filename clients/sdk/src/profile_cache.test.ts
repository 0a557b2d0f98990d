import { beforeEach, expect, test } from 'vitest';
import { type EntityId, entityId, lookCode } from './ids.ts';
import { ProfileCache } from './profile_cache.ts';
import { SimulatedTime } from './simulated_time.ts';

let time: SimulatedTime;
let asked: (readonly EntityId[])[];
let connected: boolean;
let cache: ProfileCache;

const profile = (id: number) => ({ id: entityId(id), name: `n${id}`, look: lookCode(id) });
const want = (first: number, count: number) => {
  for (let id = first; id < first + count; id += 1) cache.get(entityId(id));
};

beforeEach(() => {
  time = new SimulatedTime();
  asked = [];
  connected = true;
  cache = new ProfileCache({
    nowMs: time.nowMs,
    after: time.after,
    capacity: 200,
    send: (ids) => {
      if (connected) asked.push(ids);
      return connected;
    },
  });
});

test('asks once for what is wanted often, and for all together', () => {
  for (let frame = 0; frame < 60; frame += 1) {
    want(1, 3);
    time.pass(16);
  }
  expect(asked).toEqual([[1, 2, 3]]);
});

test('asks for at most 64 at a time and 8 times a second', () => {
  want(1, 200);
  time.pass(1000);
  expect(asked.map((ids) => ids.length)).toEqual([64, 64, 64, 8]);
  want(1000, 200);
  time.pass(375);
  expect(asked.length).toBeLessThanOrEqual(8);
});

test('gives what it learned, and asks no more', () => {
  cache.take({ kind: 'profiles', profiles: [profile(5)], gone: [] });
  expect(cache.get(entityId(5))?.name).toBe('n5');
  time.pass(1000);
  expect(asked).toEqual([]);
});

test('asks again when no answer comes', () => {
  want(1, 1);
  time.pass(4000);
  want(1, 1);
  time.pass(2000);
  want(1, 1);
  time.pass(100);
  expect(asked).toEqual([[1], [1]]);
});

test('leaves those in peace who are gone, for a while', () => {
  want(1, 1);
  time.pass(100);
  cache.take({ kind: 'profiles', profiles: [], gone: [entityId(1)] });
  want(1, 1);
  time.pass(9000);
  expect(asked).toHaveLength(1);
  time.pass(2000);
  want(1, 1);
  time.pass(100);
  expect(asked).toHaveLength(2);
});

test('forgets the least recently wanted first', () => {
  for (let id = 1; id <= 200; id += 1) cache.put(profile(id));
  cache.get(entityId(1));
  cache.put(profile(201));
  expect(cache.peek(entityId(1))).toBeDefined();
  expect(cache.peek(entityId(2))).toBeUndefined();
});

test('keeps what is wanted until there is a connection again', () => {
  connected = false;
  want(1, 2);
  time.pass(500);
  connected = true;
  time.pass(500);
  expect(asked).toEqual([[1, 2]]);
});

test('does not want more than its capacity at once', () => {
  connected = false;
  want(1, 10_000);
  connected = true;
  time.pass(60_000);
  expect(asked.flat()).toHaveLength(200);
});
