import { type EntityId, entityId, lookCode } from '@flux/sdk';
import { beforeEach, expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';

let here: number[];
let names: Map<number, string>;
let told: string[];
let arrivals: Arrivals;

beforeEach(() => {
  here = [1];
  names = new Map();
  told = [];
  arrivals = new Arrivals({
    self: entityId(1),
    profile: (id: EntityId) => {
      const name = names.get(id);
      return name === undefined ? undefined : { id, name, look: lookCode(0) };
    },
    get picture() {
      return { id: Uint32Array.from(here), count: here.length };
    },
  });
  arrivals.onArrived = (name) => told.push(`+${name}`);
  arrivals.onDeparted = (name) => told.push(`-${name}`);
});

test('who was here first is no news', () => {
  here = [1, 2];
  arrivals.update();
  names.set(2, 'Ada');
  arrivals.update();
  expect(told).toEqual([]);
});

test('who comes is told once, when the name is known, and told again when going', () => {
  arrivals.update();
  here = [1, 2];
  arrivals.update();
  expect(told).toEqual([]);
  names.set(2, 'Ada');
  arrivals.update();
  arrivals.update();
  here = [1];
  arrivals.update();
  expect(told).toEqual(['+Ada', '-Ada']);
});

test('a picture that starts anew makes nobody leave', () => {
  arrivals.update();
  here = [1, 2];
  names.set(2, 'Ada');
  arrivals.update();
  here = [];
  arrivals.update();
  here = [1, 2];
  arrivals.update();
  expect(told).toEqual(['+Ada']);
});

test('in a crowd nobody is told', () => {
  arrivals.update();
  here = Array.from({ length: 100 }, (_, index) => index + 1);
  for (const id of here) names.set(id, `n${id}`);
  arrivals.update();
  here = [1, 2];
  arrivals.update();
  expect(told).toEqual([]);
});
