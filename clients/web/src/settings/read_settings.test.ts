import { expect, test } from 'vitest';
import { readSettings, type SavedSettings } from './read_settings.ts';
import { PAD_DEFAULT } from './settings.ts';

const otherwise: SavedSettings = {
  language: 'en',
  quality: 'medium',
  cameraSmoothing: 0.5,
  fieldOfView: 60,
  motion: 'system',
  volume: 0.7,
  isMuted: false,
  clickToWalk: true,
  pad: PAD_DEFAULT,
};

test('reads what was saved', () => {
  const saved: SavedSettings = {
    language: 'ko',
    quality: 'low',
    cameraSmoothing: 0,
    fieldOfView: 75,
    motion: 'reduced',
    volume: 0,
    isMuted: true,
    clickToWalk: false,
    pad: { ...PAD_DEFAULT, jump: 3, chat: -1 },
  };
  expect(readSettings(JSON.stringify(saved), otherwise)).toEqual(saved);
});

test.each([
  null,
  '',
  'nonsense',
  '[]',
  'null',
  '7',
  '{"language":"xx","quality":3,"fieldOfView":500,"volume":2,"isMuted":"no","clickToWalk":1}',
  '{"pad":[1,2]}',
  '{"pad":{"jump":"0","run":1.5,"sit":-2,"view":99,"fly":4}}',
])('%s changes nothing', (saved) => {
  expect(readSettings(saved, otherwise)).toEqual(otherwise);
});

test('one bad member does not spoil the others', () => {
  const saved = '{"language":"ko","cameraSmoothing":"fast","pad":{"jump":2,"run":null}}';
  expect(readSettings(saved, otherwise)).toEqual({
    ...otherwise,
    language: 'ko',
    pad: { ...PAD_DEFAULT, jump: 2 },
  });
});
