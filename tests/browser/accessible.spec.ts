import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { layoutFaults } from './layout.ts';
import type { Arrival } from './person.ts';
import { expect, test } from './test.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const findsNothing = async (page: Page, where: string): Promise<void> => {
  // Legacy: of one frame alone there is nothing to put together in another page.
  const axe = new AxeBuilder({ page }).withTags(RULES).setLegacyMode();
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(found, where).toEqual([]);
};

const DESK = { viewport: { width: 760, height: 500 } };
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const findsNothingAtTheDoor = async (page: Page): Promise<void> => {
  await expect(page.locator('.people-count')).toHaveText('Nobody is here yet');
  await findsNothing(page, 'the door');
  await button(page, 'Come in').click();
  await expect(page.getByText('Please choose a name first.')).toBeVisible();
  await findsNothing(page, 'a name that is missing');
  await button(page, 'Change details').click();
  for (const field of ['Top', 'Figure', 'Hair or hat']) {
    await button(page, field).click();
    await findsNothing(page, `details: ${field}`);
  }
};

for (const [name, arrival, isTouch] of [
  ['on a desk', DESK, false],
  ['on a phone', PHONE, true],
] as const satisfies readonly (readonly [string, Arrival, boolean])[]) {
  test(`axe finds nothing ${name}, at the door, inside, and in any panel`, async ({ arrive }) => {
    const ada = await arrive('/w/plaza', arrival);
    const { page } = ada;
    await findsNothingAtTheDoor(page);
    await ada.enter('Ada');
    if (isTouch) {
      await button(page, 'Chat').click();
      await findsNothing(page, 'Chat');
      await button(page, 'Close chat').click();
    }
    await button(page, 'Emotes').click();
    await findsNothing(page, 'inside, with the emotes');
    await button(page, 'Emotes').click();
    const open = async (panel: string): Promise<void> => {
      const isInMenu = isTouch && panel !== 'People' && panel !== 'Menu';
      if (isInMenu) await button(page, 'Menu').click();
      await button(page, panel).click();
    };
    for (const panel of ['People', 'Invite', 'Settings', 'Help', ...(isTouch ? ['Menu'] : [])]) {
      await open(panel);
      await expect(page.getByRole('heading', { name: panel })).toBeVisible();
      await findsNothing(page, panel);
      await button(page, 'Close').click();
    }
    await open('Photo mode');
    await findsNothing(page, 'Photo mode');
    await button(page, 'Take the picture').click();
    await expect(page.getByRole('region', { name: 'Your picture' })).toBeVisible();
    await findsNothing(page, 'the picture');
    await button(page, 'Leave photo mode').click();
    await open('Leave');
    await expect(button(page, 'Come back')).toBeVisible();
    await findsNothing(page, 'outside again');
  });
}

test('axe finds nothing where no world is', async ({ arrive }) => {
  const { page } = await arrive('/w/nowhere', DESK);
  await expect(page.getByRole('alert')).toBeVisible();
  await findsNothing(page, 'no such world');
});

test('with letters twice as large nothing lies over anything else, nor outside', async ({
  arrive,
}) => {
  const ada = await arrive('/w/plaza', { viewport: { width: 1000, height: 640 } });
  const { page } = ada;
  const enlarge = (): Promise<void> =>
    page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
  await enlarge();
  await expect(page.locator('.people-count')).toHaveText('Nobody is here yet');
  const atTheDoor = (): Promise<readonly string[]> => layoutFaults(page, { pageScrolls: true });
  await expect.poll(atTheDoor, { message: 'the door' }).toEqual([]);
  await ada.enter('Ada');
  await expect.poll(() => layoutFaults(page), { message: 'inside' }).toEqual([]);
  for (const panel of ['People', 'Invite', 'Settings', 'Help']) {
    await button(page, panel).click();
    await expect.poll(() => layoutFaults(page), { message: panel }).toEqual([]);
    await page.keyboard.press('Escape');
  }
});

test('who wants less motion gets less', async ({ arrive }) => {
  const ada = await arrive('/w/plaza', { reducedMotion: 'reduce' });
  await expect(ada.page.locator('html')).toHaveAttribute('data-motion', 'reduced');
  const moving = await ada.page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(moving).toBe(0);
  await ada.page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect(ada.page.locator('html')).toHaveAttribute('data-motion', 'full');
});

test('a shell that waits for its world tells how far it is', async ({ arrive, server }) => {
  const { page } = await arrive(null);
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/assets/scene-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/w/plaza`);
  const bar = page.getByRole('progressbar', { name: 'Loading the world' });
  await expect(bar).toBeVisible();
  await expect(page.locator('.stage-progress .figures')).toHaveText(
    /^[\d,.]+ [kM]B of [\d,.]+ [kM]B$/,
  );
  release();
  await expect(bar).toBeHidden();
});
