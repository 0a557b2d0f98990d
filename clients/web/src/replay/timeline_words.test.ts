import { expect, test } from 'vitest';
import { LANGUAGES } from '../language/catalogue.ts';
import { timelineWords } from './timeline_words.ts';

test.each(LANGUAGES)('%s has all the words of the timeline, in its own', (language) => {
  const { en } = timelineWords;
  const words = timelineWords[language];
  expect(Object.keys(words)).toEqual(Object.keys(en));
  for (const [key, word] of Object.entries(words)) {
    expect(word.trim()).not.toBe('');
    if (language !== 'en') expect(word).not.toBe(en[key as keyof typeof en]);
  }
});
