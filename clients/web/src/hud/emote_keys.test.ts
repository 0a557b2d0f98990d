import { EMOTES } from '@flux/sdk';
import { expect, test } from 'vitest';
import { EMOTE_KEYS, emoteOfKey } from './emote_keys.ts';

test('every emote has a key of its own', () => {
  expect(EMOTE_KEYS.map(emoteOfKey)).toEqual(EMOTES);
});

test('other keys are no emotes', () => {
  expect(['a', '', '10', '+'].map(emoteOfKey)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
