import { expect, test } from 'vitest';
import { matchesName } from './matches_name.ts';

test('finds a part of a name whatever its case, width or composition', () => {
  expect(matchesName('Ada Lovelace', 'LOVE')).toBe(true);
  expect(matchesName('Ａｄａ', 'ada')).toBe(true);
  expect(matchesName('지우', '지'.normalize('NFD'))).toBe(true);
  expect(matchesName('Ada', ' ')).toBe(true);
  expect(matchesName('Ada', 'bob')).toBe(false);
});
