import type { Page } from '@playwright/test';
import { POSE } from '../../clients/sdk/src/pose.ts';
import { layoutFaults } from './layout.ts';
import { expect, inside, test } from './test.ts';

const PHONE = { hasTouch: true, isMobile: true };
const SCREENS = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 360, height: 640 },
] as const;

const who = inside(['Ada'], { viewport: SCREENS[0], ...PHONE });

const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('on a phone one walks with the stick, and runs at its edge', async () => {
  const ada = who('Ada');
  const { page } = ada;
  const box = await page.getByRole('img', { name: 'Walking stick' }).boundingBox();
  if (!box) throw new Error('there is no stick');
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const push = async (reach: number): Promise<void> => {
    await page.mouse.move(middleX, middleY);
    await page.mouse.down();
    await page.mouse.move(middleX, middleY - reach, { steps: 4 });
  };
  const before = await ada.self();
  await push(30);
  await expect.poll(() => ada.pose()).toBe(POSE.walk);
  await expect.poll(() => ada.distanceTo(before)).toBeGreaterThan(0.5);
  await page.mouse.up();
  await ada.rests();
  await ada.showsPoses([POSE.run], async () => {
    await push(60);
    await ada.seesFrames(4);
  });
  await page.mouse.up();
  await ada.rests();
});

test('on a phone one jumps, speaks, waves and sits with a thumb', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await ada.showsPoses([POSE.jump], () => tool(page, 'Jump').tap());
  await tool(page, 'Chat').tap();
  await page.getByRole('textbox', { name: 'Message' }).fill('from my phone');
  await tool(page, 'Send').tap();
  await expect(page.getByRole('log')).toContainText('from my phone');
  await tool(page, 'Close chat').tap();
  await ada.rests();
  await tool(page, 'Emotes').tap();
  await tool(page, 'Wave, key 1').tap();
  await expect.poll(() => ada.pose()).toBe(POSE.wave);
  await tool(page, 'Emotes').tap();
  await tool(page, 'Sit').tap();
  await expect.poll(() => ada.pose()).toBe(POSE.rest);
  await tool(page, 'Stand up').tap();
  await ada.rests();
});

test('above the on-screen keyboard one sees what one types', async () => {
  const { page } = who('Ada');
  const KEYBOARD = 330;
  await tool(page, 'Chat').tap();
  const input = page.getByRole('textbox', { name: 'Message' });
  await input.tap();
  const show = (pixels: number): Promise<void> =>
    page.evaluate((taken) => {
      const height = innerHeight - taken;
      Object.defineProperty(visualViewport, 'height', { value: height, configurable: true });
      visualViewport?.dispatchEvent(new Event('resize'));
    }, pixels);
  await show(KEYBOARD);
  const free = SCREENS[0].height - KEYBOARD;
  await expect
    .poll(async () => {
      const box = await input.boundingBox();
      return box ? box.y + box.height : Number.POSITIVE_INFINITY;
    })
    .toBeLessThanOrEqual(free);
  await expect(tool(page, 'Send')).toBeInViewport();
  await show(0);
  await tool(page, 'Close chat').tap();
});

test('on a phone nothing lies over anything else, nor outside, however it is held', async () => {
  const { page } = who('Ada');
  for (const screen of SCREENS) {
    const shape = `${screen.width}x${screen.height}`;
    const isTidy = (what: string): Promise<void> =>
      expect.poll(() => layoutFaults(page), { message: `${what}, ${shape}` }).toEqual([]);
    await page.setViewportSize(screen);
    await isTidy('walking');
    for (const name of ['Chat', 'Emotes']) {
      await tool(page, name).tap();
      await isTidy(name);
      await tool(page, name === 'Chat' ? 'Close chat' : name).tap();
    }
    await tool(page, 'People').tap();
    await isTidy('People');
    await tool(page, 'Close').tap();
    for (const name of ['Settings', 'Help', 'Invite']) {
      await tool(page, 'Menu').tap();
      await isTidy('Menu');
      await tool(page, name).tap();
      await isTidy(name);
      await tool(page, 'Close').tap();
    }
    await tool(page, 'Menu').tap();
    await tool(page, 'Photo mode').tap();
    await isTidy('Photo mode');
    await tool(page, 'Leave photo mode').tap();
  }
});

test('on a phone the door is in order, and one can come in without scrolling', async ({
  arrive,
}) => {
  const { page } = await arrive('/w/plaza', { viewport: SCREENS[0], ...PHONE });
  await expect(page.locator('.people-count')).toHaveText('Nobody is here yet');
  for (const screen of SCREENS) {
    const shape = `${screen.width}x${screen.height}`;
    await page.setViewportSize(screen);
    await expect(tool(page, 'Come in'), shape).toBeInViewport({ ratio: 1 });
    await expect.poll(() => layoutFaults(page), { message: `cast, ${shape}` }).toEqual([]);
    await tool(page, 'Change details').tap();
    if (screen.height < 700 && screen.width < 400) {
      // The smallest has no room for all of the wardrobe: what is below is scrolled to.
      await tool(page, 'Come in').scrollIntoViewIfNeeded();
      await expect(tool(page, 'Come in'), shape).toBeInViewport({ ratio: 1 });
    } else {
      await expect.poll(() => layoutFaults(page), { message: `details, ${shape}` }).toEqual([]);
    }
    await tool(page, 'Back to the cast').tap();
  }
});
