import { POSE } from '../../clients/sdk/src/pose.ts';
import { connectGamepad, Thumbs } from './gamepad.ts';
import { expect, inside, test } from './test.ts';

const who = inside(['Ada'], { prepare: connectGamepad });

test('the left stick walks, as far as it is pushed', async () => {
  const ada = who('Ada');
  const thumbs = new Thumbs(ada);
  const before = await ada.self();
  await thumbs.walk(0, 1);
  await expect.poll(() => ada.distanceTo(before)).toBeGreaterThan(1);
  await thumbs.walk(0, 0);
  await ada.rests();
  expect((await ada.self()).z).toBeLessThan(before.z);
});

test('its buttons jump, sit and open the settings', async () => {
  const ada = who('Ada');
  const thumbs = new Thumbs(ada);
  await ada.showsPoses([POSE.jump], () => thumbs.press('A'));
  await ada.rests();
  await thumbs.press('B');
  await expect.poll(() => ada.pose()).toBe(POSE.rest);
  await thumbs.press('B');
  await ada.rests();
  await thumbs.press('Start');
  await expect(ada.page.getByRole('region', { name: 'Settings' })).toBeVisible();
  await expect(ada.page.getByText('Connected: Pad of the test')).toHaveCount(1);
  await thumbs.press('Start');
  await expect(ada.page.getByRole('region', { name: 'Settings' })).toHaveCount(0);
});

test('another button can be given to an action, and keeps it over a new visit', async () => {
  const ada = who('Ada');
  const thumbs = new Thumbs(ada);
  const { page } = ada;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Jump: A. Change' }).click();
  await expect(page.getByRole('button', { name: 'Press a button…' })).toBeVisible();
  await thumbs.press('RB');
  await expect(page.getByRole('button', { name: 'Jump: RB. Change' })).toBeVisible();
  await page.reload();
  await ada.enter('Ada');
  await ada.showsPoses([POSE.jump], () => thumbs.press('RB'));
  await ada.rests();
  await thumbs.press('A');
  expect(await ada.pose()).toBe(POSE.idle);
});
