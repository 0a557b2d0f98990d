import type { Locator } from '@playwright/test';
import { expect, test } from './test.ts';

const PORTRAIT = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const LANDSCAPE = { viewport: { width: 780, height: 390 }, hasTouch: true, isMobile: true };

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not shown`);
  return box;
};

const overlap = async (a: Locator, b: Locator): Promise<boolean> => {
  const [first, second] = [await boxOf(a), await boxOf(b)];
  return (
    first.x < second.x + second.width &&
    second.x < first.x + first.width &&
    first.y < second.y + second.height &&
    second.y < first.y + first.height
  );
};

test('on a phone one walks with the stick, jumps, speaks and waves', async ({ arrive }) => {
  const ada = await arrive('/w/plaza', PORTRAIT);
  const { page } = ada;
  await ada.enter('Ada');
  const { x, y, width, height } = await boxOf(page.getByRole('img', { name: 'Walking stick' }));
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  await ada.goesSomewhere(
    [
      [0, -1],
      [0, 1],
      [1, 0],
      [-1, 0],
    ] as const,
    async ([toX, toY]) => {
      await page.mouse.move(middleX, middleY);
      await page.mouse.down();
      await page.mouse.move(middleX + toX * 50, middleY + toY * 50, { steps: 4 });
    },
    () => page.mouse.up(),
  );
  await page.getByRole('button', { name: 'Jump' }).tap();

  await page.getByRole('button', { name: 'Chat', exact: true }).tap();
  await page.getByRole('textbox', { name: 'Message' }).fill('from my phone');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(page.getByRole('log')).toContainText('from my phone');
  await page.getByRole('button', { name: 'Close chat' }).tap();

  await page.getByRole('button', { name: 'Emotes' }).tap();
  await page.getByRole('button', { name: 'Wave, key 1' }).tap();
  await expect.poll(async () => (await ada.self()).pose).toBe(16);
});

for (const [name, options] of [
  ['upright', PORTRAIT],
  ['sideways', LANDSCAPE],
] as const) {
  test(`on a phone held ${name} nothing lies over anything else, nor outside`, async ({
    arrive,
  }) => {
    const ada = await arrive('/w/plaza', options);
    const { page } = ada;
    await expect(page.getByRole('button', { name: 'Enter', exact: true })).toBeInViewport();
    await ada.enter('Ada');
    await page.getByRole('button', { name: 'Chat', exact: true }).tap();
    await page.getByRole('button', { name: 'Emotes' }).tap();
    const parts = {
      toolbar: page.getByRole('navigation', { name: 'Tools' }),
      stick: page.getByRole('img', { name: 'Walking stick' }),
      jump: page.getByRole('button', { name: 'Jump' }),
      send: page.getByRole('button', { name: 'Send' }),
      emotes: page.getByRole('region', { name: 'Emotes' }),
    };
    for (const [part, locator] of Object.entries(parts)) {
      await expect(locator, part).toBeInViewport({ ratio: 1 });
      for (const [other, otherLocator] of Object.entries(parts)) {
        if (part >= other) continue;
        expect(await overlap(locator, otherLocator), `${part} over ${other}`).toBe(false);
      }
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
  });
}
