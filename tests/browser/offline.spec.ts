import type { Page } from '@playwright/test';
import { stageFiles } from './stage_files.ts';
import { expect, test } from './test.ts';

/** Once all that one needs to go in is kept on this machine. */
const isKept = async (page: Page, url: string): Promise<void> => {
  const behind = (await stageFiles(page.request, url)).map((file) => file.url);
  const look = async (files: readonly string[]): Promise<boolean> => {
    if (navigator.serviceWorker.controller?.state !== 'activated') return false;
    const art = performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.includes('/assets/') || name.includes('/art/'));
    const kept = await Promise.all([...files, ...art].map((file) => caches.match(file)));
    return kept.every((response) => response !== undefined);
  };
  // waitForFunction would take the promise itself for a yes.
  await expect.poll(() => page.evaluate(look, behind)).toBe(true);
};

test('the second visit starts from this machine: only what may have changed is asked for', async ({
  arrive,
  server,
}) => {
  const ada = await arrive();
  const { page } = ada;
  await ada.enter('Ada');
  await isKept(page, server.url);
  const asked: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!response.fromServiceWorker()) asked.push(pathname);
  });
  await page.reload();
  await ada.enter('Ada');
  expect(asked.filter((path) => /^\/(assets|art)\/|^\/w\/|stage\.json/.test(path))).toEqual([]);
});

test('without its server the door still opens, says so, and comes back by itself', async ({
  arrive,
  server,
}) => {
  const { page } = await arrive();
  await isKept(page, server.url);
  await server.stop('SIGKILL');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('The server is away');
  await expect(page.getByLabel('Your name')).toBeVisible();
  await server.start();
  await expect(page.locator('.people-count')).toHaveText('Nobody is here yet');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('who has nothing kept is shown a page that explains it, and leads back in', async ({
  arrive,
  server,
}) => {
  const { page } = await arrive();
  await isKept(page, server.url);
  await page.evaluate(async () => (await caches.open('flux-pages')).delete('/'));
  await server.stop('SIGKILL');
  await page.goto(`${server.url}/w/garden`);
  await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible();
  await server.start();
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Evening garden');
});
