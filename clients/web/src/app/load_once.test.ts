import { expect, test } from 'vitest';
import { loadOnce } from './load_once.ts';

test('who asks again gets the same, and a failure is tried again', async () => {
  let asked = 0;
  const load = loadOnce(async () => {
    asked += 1;
    if (asked === 1) throw new Error('no network');
    return asked;
  });
  const [first, beside] = [load(), load()];
  await expect(first).rejects.toThrow('no network');
  await expect(beside).rejects.toThrow('no network');
  expect(await load()).toBe(2);
  expect(await load()).toBe(2);
  expect(asked).toBe(2);
});
