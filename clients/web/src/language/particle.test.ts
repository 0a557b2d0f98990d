import { expect, test } from 'vitest';
import { towards } from './particle.ts';

test('a name that ends in a consonant takes 으로, but ㄹ and vowels take 로', () => {
  expect(['광장', '바다', '서울', 'Plaza'].map(towards)).toEqual([
    '광장으로',
    '바다로',
    '서울로',
    'Plaza(으)로',
  ]);
});
