import { expect, test } from 'vitest';
import { clockText } from './clock_text.ts';

test.each([
  [0, '0:00'],
  [9.99, '0:09'],
  [75.2, '1:15'],
  [3600, '60:00'],
])('%d seconds read %s', (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});
