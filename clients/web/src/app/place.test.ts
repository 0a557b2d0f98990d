import { expect, test } from 'vitest';
import { placePath, readPlace } from './place.ts';

const read = (path: string) => readPlace(new URL(path, 'https://flux.example'));

test('the root leads to the plaza', () => {
  expect(read('/')).toEqual({ world: 'plaza', instance: undefined });
});

test('a link leads to its world and instance', () => {
  expect(read('/w/garden')).toEqual({ world: 'garden', instance: undefined });
  expect(read('/w/garden/?instance=3&x=1')).toEqual({ world: 'garden', instance: 3 });
});

test('an instance that is no number is no instance', () => {
  for (const value of ['', '0', '-1', '1.5', 'x']) {
    expect(read(`/w/garden?instance=${value}`)?.instance).toBeUndefined();
  }
});

test('an address that names no world leads nowhere', () => {
  for (const path of ['/w/', '/w/Plaza', '/w/a/b', '/x', `/w/${'a'.repeat(65)}`]) {
    expect(read(path)).toBeNull();
  }
});

test('a place can be written and read again', () => {
  for (const place of [
    { world: 'garden', instance: undefined },
    { world: 'garden', instance: 12 },
  ]) {
    expect(read(placePath(place))).toEqual(place);
  }
});
