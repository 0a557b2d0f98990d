import { expect, test } from 'vitest';
import { splitLinks } from './split_links.ts';

const links = (message: string) =>
  splitLinks(message).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
const whole = (message: string) =>
  splitLinks(message)
    .map(({ text }) => text)
    .join('');

test('finds links within words of any language', () => {
  expect(links('see https://flux.example/w/plaza, 그리고 http://a.example/b?c=d#e!')).toEqual([
    'https://flux.example/w/plaza',
    'http://a.example/b?c=d#e',
  ]);
});

test.each([
  'nothing here',
  'javascript:alert(1)',
  'data:text/html,x https:// http://',
  '<script>alert(1)</script>',
  'https://bank.example@evil.example/',
  'ftp://a.example',
])('finds none in %s', (message) => {
  expect(links(message)).toEqual([]);
});

test('loses no character', () => {
  for (const message of [
    '',
    'https://a.example',
    'a https://a.example. b',
    '(https://a.example)',
  ]) {
    expect(whole(message)).toBe(message);
  }
});
