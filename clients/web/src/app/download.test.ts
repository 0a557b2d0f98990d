import { expect, test } from 'vitest';
import { downloadStage, type Progress } from './download.ts';

const serving = (files: Readonly<Record<string, string>>): typeof fetch =>
  (async (url: string) => {
    const body = files[url];
    if (body === undefined) return new Response('<html>', { status: 404 });
    const type = url.endsWith('.json') ? 'application/json' : 'text/javascript';
    return new Response(body, { headers: { 'Content-Type': type } });
  }) as typeof fetch;

const manifest = JSON.stringify({
  files: [
    { url: '/assets/a.js', bytes: 5 },
    { url: '/assets/b.js', bytes: 7 },
  ],
});

test('tells the bytes of all files as they come, up to the whole', async () => {
  const seen: Progress[] = [];
  const files = { '/stage.json': manifest, '/assets/a.js': '12345', '/assets/b.js': '1234567' };
  await downloadStage((progress) => seen.push(progress), serving(files));
  expect(seen.map(({ total }) => total)).toEqual([12, 12]);
  expect(seen.map(({ loaded }) => loaded).toSorted((a, b) => a - b)).toEqual(
    seen.map(({ loaded }) => loaded),
  );
  expect(seen.at(-1)?.loaded).toBe(12);
});

test('fails when a file is missing', async () => {
  const files = { '/stage.json': manifest, '/assets/a.js': '12345' };
  await expect(downloadStage(() => undefined, serving(files))).rejects.toThrow('/assets/b.js');
});

test('without a manifest there is nothing to do', async () => {
  const seen: Progress[] = [];
  await downloadStage((progress) => seen.push(progress), serving({}));
  expect(seen).toEqual([]);
});
