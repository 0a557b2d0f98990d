import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

const violations = async (page: Page): Promise<readonly string[]> => {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
};

for (const [name, options] of [
  ['on a desk', {}],
  ['on a phone', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }],
] as const) {
  test(`axe finds nothing ${name}, at the door, inside, and in any panel`, async ({ arrive }) => {
    const ada = await arrive('/w/plaza', options);
    const { page } = ada;
    await expect(page.getByText('Nobody is here yet')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await ada.enter('Ada');
    expect(await violations(page)).toEqual([]);
    for (const panel of ['People', 'Invite', 'Settings', 'Help']) {
      await page.getByRole('button', { name: panel, exact: true }).click();
      await expect(page.getByRole('heading', { name: panel })).toBeVisible();
      expect(await violations(page), panel).toEqual([]);
      await page.getByRole('button', { name: panel, exact: true }).click();
    }
    await page.getByRole('button', { name: 'Leave' }).click();
    await expect(page.getByRole('button', { name: 'Come back' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('who wants less motion gets less', async ({ arrive }) => {
  const ada = await arrive('/w/plaza', { reducedMotion: 'reduce' });
  await expect(ada.page.locator('html')).toHaveAttribute('data-motion', 'reduced');
  await ada.page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect(ada.page.locator('html')).toHaveAttribute('data-motion', 'full');
});

test('a shell that waits for its world tells how far it is', async ({ arrive }) => {
  const ada = await arrive('/robots.txt');
  const { page } = ada;
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/assets/scene-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(new URL('/w/plaza', page.url()).href);
  const bar = page.getByRole('progressbar', { name: 'Loading the world' });
  await expect(bar).toBeVisible();
  await expect(page.locator('.stage-progress .figures')).toHaveText(
    /^[\d,.]+ [kM]B of [\d,.]+ [kM]B$/,
  );
  release();
  await expect(bar).toBeHidden();
});
