import { POSE } from '../../clients/sdk/src/pose.ts';
import { expect, inside, test } from './test.ts';

// Lower windows have no room for prompts.
const who = inside(['Ada'], { viewport: { width: 480, height: 360 } });

// Before the fountain, which is in the middle of the plaza; one looks at it from here.
const BEFORE_FOUNTAIN = [0.4, 13] as const;
const BEHIND_FOUNTAIN = [0.5, -8] as const;
const FOUNTAIN_REACH = 2; // metres, and it is wider than that
const BEFORE_BENCH = [8.6, 3.2] as const;

test('keys walk, Shift runs, and who lets go stands', async () => {
  const ada = who('Ada');
  await ada.walkTo(...BEFORE_FOUNTAIN);
  await ada.rests();
  await ada.looksAtWorld();
  const before = await ada.self();
  await ada.showsPoses([POSE.walk], async () => {
    await ada.walksBy('w', 0.8);
  });
  // The camera looks to the north as we arrive.
  expect((await ada.self()).z).toBeLessThan(before.z - 0.5);
  await ada.rests();
  await ada.page.keyboard.down('Shift');
  await ada.showsPoses([POSE.run], async () => {
    await ada.walksBy('s', 4);
  });
  await ada.page.keyboard.up('Shift');
  await ada.rests();
});

test('a jump goes up, comes down and lands', async () => {
  const ada = who('Ada');
  await ada.looksAtWorld();
  await ada.showsPoses([POSE.jump, POSE.fall, POSE.land], async () => {
    await ada.rests();
    await ada.page.keyboard.press(' ');
  });
  await ada.rests();
});

test('a click on the ground walks there', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await page.getByRole('button', { name: 'Close chat' }).click();
  await ada.walkTo(...BEFORE_FOUNTAIN);
  for (const side of [-1, 1]) {
    await ada.rests();
    const before = await ada.self();
    await page.mouse.click(240 + side * 110, 230);
    await expect.poll(() => ada.distanceTo(before)).toBeGreaterThan(0.6);
    await ada.rests();
    expect(Math.sign((await ada.self()).x - before.x)).toBe(side);
  }
});

test('who walks to the other side of the fountain goes round it', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await ada.walkTo(...BEFORE_FOUNTAIN);
  const nearest = await page.evaluate(async ([x, z]) => {
    let least = Number.POSITIVE_INFINITY;
    let isOver = false;
    const look = (): void => {
      const self = window.flux?.self;
      if (self) least = Math.min(least, Math.hypot(self.x, self.z));
      if (!isOver) requestAnimationFrame(look);
    };
    look();
    await window.flux?.walkTo(x, z);
    isOver = true;
    return least;
  }, BEHIND_FOUNTAIN);
  expect(await ada.distanceTo({ x: BEHIND_FOUNTAIN[0], z: BEHIND_FOUNTAIN[1] })).toBeLessThan(0.5);
  expect(nearest).toBeGreaterThan(FOUNTAIN_REACH);
});

test('near a bench one is told so, sits by X, and stands up by walking', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await ada.walkTo(...BEFORE_BENCH);
  await ada.looksAtWorld();
  await expect(page.getByText('Sit here')).toBeVisible();
  await page.keyboard.press('x');
  await expect.poll(() => ada.pose()).toBe(POSE.sit);
  await expect(page.getByText('Sit here')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Stand up' })).toBeVisible();
  const seat = await ada.self();
  await page.keyboard.down('w');
  await page.waitForFunction((sit) => window.flux?.self?.pose !== sit, POSE.sit, {
    polling: 'raf',
  });
  await expect.poll(() => ada.distanceTo(seat)).toBeGreaterThan(0.4);
  await page.keyboard.up('w');
  await ada.rests();
  await expect(page.getByRole('button', { name: 'Sit', exact: true })).toBeVisible();
});

test('without a seat near one sits down where one is', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await ada.walkTo(...BEFORE_FOUNTAIN);
  await ada.rests();
  await expect(page.getByText('Sit here')).toBeHidden();
  const before = await ada.self();
  await page.getByRole('button', { name: 'Sit', exact: true }).click();
  await expect.poll(() => ada.pose()).toBe(POSE.rest);
  expect(await ada.distanceTo(before)).toBeLessThan(0.1);
  await page.getByRole('button', { name: 'Stand up' }).click();
  await ada.rests();
});
