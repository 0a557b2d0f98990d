import { expect, test } from 'vitest';
import { parseServerEvent } from './event_parser.ts';

const parse = (value: unknown) => parseServerEvent(JSON.stringify(value));

const welcome = {
  t: 'welcome',
  protocol: 1,
  you: 65_537,
  instance: 1,
  world: 'plaza',
  tick: 4_294_967_295,
  tick_ms: 50,
  at: [150, -20, 1200],
  yaw: 64,
  speed_max_cm_s: 600,
  earshot_cm: 1500,
  resumed: false,
  token: 'abc',
  people: 3,
};

test('reads a welcome into metres and turns', () => {
  expect(parse(welcome)).toEqual({
    kind: 'welcome',
    you: 65_537,
    instance: 1,
    world: 'plaza',
    tick: 4_294_967_295,
    tickMs: 50,
    place: { x: 1.5, y: -0.2, z: 12, yaw: 0.25 },
    speedMax: 6,
    earshot: 15,
    resumed: false,
    token: 'abc',
    people: 3,
  });
});

test('ignores members it does not know', () => {
  expect(parse({ t: 'presence', people: 2, mood: 'good' })).toEqual({
    kind: 'presence',
    people: 2,
  });
});

test('keeps the good profiles of a list and drops the bad', () => {
  expect(
    parse({
      t: 'profiles',
      profiles: [
        { id: 7, name: 'Ada', look: 4_294_967_295 },
        { id: 8 },
        null,
        { id: 0, name: '', look: 0 },
      ],
      gone: [9, 'x', -1],
    }),
  ).toEqual({
    kind: 'profiles',
    profiles: [{ id: 7, name: 'Ada', look: 4_294_967_295 }],
    gone: [9],
  });
});

test('an error with a code from the future is an internal one', () => {
  expect(parse({ t: 'error', code: 'TEAPOT', message: 'short and stout' })).toEqual({
    kind: 'error',
    code: 'INTERNAL',
    message: 'short and stout',
    about: undefined,
  });
});

test.each(Object.keys(welcome).filter((name) => !['protocol', 'resumed'].includes(name)))(
  'refuses a welcome without %s',
  (name) => {
    expect(parse({ ...welcome, [name]: undefined })).toBeNull();
    expect(parse({ ...welcome, [name]: {} })).toBeNull();
  },
);

test.each([
  '',
  'nonsense',
  '[]',
  'null',
  '1',
  '"chat"',
  '{}',
  '{"t":1}',
  '{"t":"nobody"}',
  '{"t":"constructor"}',
  '{"t":"__proto__"}',
  '{"t":"chat"}',
  '{"t":"chat","id":1,"name":"A","scope":"moon","text":"x","at":1}',
  '{"t":"chat","id":16777216,"name":"A","scope":"near","text":"x","at":1}',
  '{"t":"emote","id":1,"emote":"explode"}',
  '{"t":"correct","sequence":1,"at":[1,2],"yaw":0}',
  '{"t":"correct","sequence":1,"at":[1,2,"3"],"yaw":0}',
  '{"t":"drain","reconnect_ms":-1}',
  '{"t":"profiles","profiles":{}}',
])('passes over %s', (text) => {
  expect(parseServerEvent(text)).toBeNull();
});
