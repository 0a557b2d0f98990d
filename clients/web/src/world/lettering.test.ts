import { describe, expect, it } from 'vitest';
import { wordsOf, wrapped } from './lettering.ts';

describe('lettering', () => {
  it('speaks the language or else English', () => {
    expect(wordsOf({ en: 'Plaza', ko: '광장' }, 'ko')).toBe('광장');
    expect(wordsOf({ en: 'Plaza' }, 'ko')).toBe('Plaza');
  });

  it('breaks lines at spaces and where the text does', () => {
    const fits = (line: string) => line.length <= 9;
    expect(wrapped('one two three four', fits)).toEqual(['one two', 'three', 'four']);
    expect(wrapped('a\nb', fits)).toEqual(['a', 'b']);
  });
});
