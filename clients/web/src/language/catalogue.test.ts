import { expect, test } from 'vitest';
import { CATALOGUES } from './catalogue.ts';
import { guessLanguage } from './guess_language.ts';

const leaves = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))
    : [`${path}:${typeof value}`];

test('both languages say the same things', () => {
  expect(leaves(CATALOGUES.ko)).toEqual(leaves(CATALOGUES.en));
});

test('nothing is empty', () => {
  const texts = JSON.stringify(CATALOGUES);
  expect(texts).not.toContain('""');
});

test('the first language of the browser that we speak is taken', () => {
  expect(guessLanguage(['ko-KR', 'en'])).toBe('ko');
  expect(guessLanguage(['fr', 'ko'])).toBe('ko');
  expect(guessLanguage(['fr', 'de'])).toBe('en');
  expect(guessLanguage([])).toBe('en');
});
