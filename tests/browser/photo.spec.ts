import { readFile } from 'node:fs/promises';
import { expect, inside, test } from './test.ts';

const who = inside(['Ada']);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test('in photo mode the camera floats and the body stays; Escape ends it', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await ada.looksAtWorld();
  await page.keyboard.press('c');
  await expect(page.getByRole('region', { name: 'Photo mode' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Tools' })).toHaveCount(0);
  await expect(page.locator('.labels')).toBeHidden();
  const before = await ada.self();
  await page.keyboard.down('w');
  await ada.seesFrames(4);
  await page.keyboard.up('w');
  expect(await ada.distanceTo(before)).toBeLessThan(0.01);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Photo mode' })).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Tools' })).toBeVisible();
  await ada.walksBy('w', 0.5);
});

test('the picture is a PNG, larger than the screen, to be saved under a name that says where', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await page.getByRole('button', { name: 'Photo mode' }).click();
  await page.getByRole('button', { name: 'Take the picture' }).click();
  const card = page.getByRole('region', { name: 'Your picture' });
  await expect(card).toBeFocused();
  const saving = page.waitForEvent('download');
  await card.getByRole('link', { name: 'Save' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^Plaza .*\.png$/);
  const file = await readFile(await saved.path());
  expect(file.subarray(0, PNG.length)).toEqual(PNG);
  expect(file.readUInt32BE(16), 'width').toBeGreaterThan(480);
  expect(file.length, 'a picture of something').toBeGreaterThan(50_000);

  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Take the picture' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave photo mode' }).click();
  await expect(page.getByRole('region', { name: 'Photo mode' })).toHaveCount(0);
});
