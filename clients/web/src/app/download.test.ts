import { expect, test } from 'vitest';
import { downloadStage, type Progress, stageFiles } from './download.ts';

const serving = (files: Readonly<Record<string, string>>): typeof fetch =>
  (async (url: string) => {
    const body = files[url];
    if (body === undefined) return new Response('<html>', { status: 404 });
    return new Response(body);
  }) as typeof fetch;

const stage = [
  { url: '/assets/a.js', bytes: 5 },
  { url: '/assets/b.js', bytes: 7 },
];

test('tells the bytes of all files as they come, up to the whole', async () => {
  const seen: Progress[] = [];
  const files = { '/assets/a.js': '12345', '/assets/b.js': '1234567' };
  await downloadStage(stage, (progress) => seen.push(progress), serving(files));
  expect(seen.map(({ total }) => total)).toEqual([12, 12]);
  expect(seen.map(({ loaded }) => loaded).toSorted((a, b) => a - b)).toEqual(
    seen.map(({ loaded }) => loaded),
  );
  expect(seen.at(-1)?.loaded).toBe(12);
});

test('fails when a file is missing', async () => {
  const files = { '/assets/a.js': '12345' };
  await expect(downloadStage(stage, () => undefined, serving(files))).rejects.toThrow(
    '/assets/b.js',
  );
});

const pageWith = (text: string | null): Document =>
  ({ getElementById: () => (text === null ? null : { textContent: text }) }) as unknown as Document;

test('a page names the files, and one in development names none', () => {
  expect(stageFiles(pageWith(JSON.stringify({ files: stage })))).toEqual(stage);
  expect(stageFiles(pageWith(null))).toEqual([]);
});
