import { expect, test } from 'vitest';
import { readSettings, type SavedSettings } from './read_settings.ts';

const otherwise: SavedSettings = {
  language: 'en',
  quality: 'medium',
  cameraSmoothing: 0.5,
  fieldOfView: 60,
  motion: 'system',
};

test('reads what was saved', () => {
  const saved: SavedSettings = {
    language: 'ko',
    quality: 'low',
    cameraSmoothing: 0,
    fieldOfView: 75,
    motion: 'reduced',
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
  '{"language":"xx","quality":3,"fieldOfView":500}',
])('%s changes nothing', (saved) => {
  expect(readSettings(saved, otherwise)).toEqual(otherwise);
});

test('one bad member does not spoil the others', () => {
  expect(readSettings('{"language":"ko","cameraSmoothing":"fast"}', otherwise)).toEqual({
    ...otherwise,
    language: 'ko',
  });
});
