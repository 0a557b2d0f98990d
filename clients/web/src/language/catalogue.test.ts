import { expect, test } from 'vitest';
import { catalogueOf, LANGUAGES, loadCatalogue } from './catalogue.ts';
import { guessLanguage } from './guess_language.ts';

const leaves = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))
    : [`${path}:${typeof value}`];

test('until its words are here a language is English', async () => {
  expect(catalogueOf('ko')).toBe(catalogueOf('en'));
  const korean = await loadCatalogue('ko');
  expect(catalogueOf('ko')).toBe(korean);
  expect(korean).not.toBe(catalogueOf('en'));
});

test('all languages say the same things', async () => {
  const catalogues = await Promise.all(LANGUAGES.map(loadCatalogue));
  for (const catalogue of catalogues) {
    expect(leaves(catalogue)).toEqual(leaves(catalogueOf('en')));
  }
});

test('nothing is empty', async () => {
  const catalogues = await Promise.all(LANGUAGES.map(loadCatalogue));
  expect(JSON.stringify(catalogues)).not.toContain('""');
});

test('the first language of the browser that we speak is taken', () => {
  expect(guessLanguage(['ko-KR', 'en'])).toBe('ko');
  expect(guessLanguage(['fr', 'ko'])).toBe('ko');
  expect(guessLanguage(['fr', 'de'])).toBe('en');
  expect(guessLanguage([])).toBe('en');
});
