import { expect, test } from 'vitest';
import { plural } from './plural.ts';

test('English tells one from many', () => {
  const forms = { one: '# person', other: '# people' };
  expect([0, 1, 2, 12_000].map((count) => plural('en', count, forms))).toEqual([
    '0 people',
    '1 person',
    '2 people',
    '12,000 people',
  ]);
});

test('Korean does not', () => {
  expect([1, 3].map((count) => plural('ko', count, { other: '#명' }))).toEqual(['1명', '3명']);
});
