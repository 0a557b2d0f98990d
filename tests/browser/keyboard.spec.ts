import { POSE } from '../../clients/sdk/src/pose.ts';
import { expect, test } from './test.ts';

test('everything can be done by keyboard alone', async ({ arrive }) => {
  const ada = await arrive();
  const { page } = ada;
  const tabTo = async (label: string): Promise<void> => {
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const focused = document.activeElement;
        // Nothing has the focus: the page's whole text is nobody's name.
        if (focused === document.body) return '';
        const own = focused?.getAttribute('aria-label') ?? focused?.closest('label')?.textContent;
        const labels = focused instanceof HTMLSelectElement ? focused.labels[0]?.textContent : null;
        return own ?? labels ?? focused?.textContent ?? '';
      });
      if (!name.includes(label)) continue;
      const isMarked = await page.evaluate(() => {
        const focused = document.activeElement ?? document.body;
        const { outlineStyle, boxShadow } = getComputedStyle(focused);
        return (
          focused.matches(':focus-visible') && (outlineStyle !== 'none' || boxShadow !== 'none')
        );
      });
      expect(isMarked, `${label} shows that it has the focus`).toBe(true);
      return;
    }
    throw new Error(`${label} cannot be reached with Tab`);
  };

  await tabTo('Kit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Kit' })).toHaveAttribute('aria-pressed', 'true');
  await tabTo('Your name');
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await ada.isInside();
  await expect(page.locator('canvas')).toBeFocused();

  await page.keyboard.press('?');
  const help = page.getByRole('region', { name: 'Help' });
  await expect(help).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();

  await tabTo('Settings');
  await page.keyboard.press('Enter');
  await tabTo('Language');
  await page.keyboard.press('Escape');
  await expect(page.locator('canvas')).toBeFocused();
  for (const [key, panel] of [
    ['p', 'People'],
    ['i', 'Invite'],
    ['o', 'Settings'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('region', { name: panel })).toBeFocused();
    await page.keyboard.press(key);
    await expect(page.getByRole('region', { name: panel })).toHaveCount(0);
  }
  await page.keyboard.press('f');
  await expect(page.getByRole('region', { name: 'Statistics' })).toContainText('Draw calls');
  await page.keyboard.press('f');
  await page.keyboard.press('g');
  await expect(page.getByRole('region', { name: 'Emotes' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Emotes' })).toHaveCount(0);

  await page.keyboard.press('Enter');
  const input = page.getByRole('textbox', { name: 'Message' });
  await expect(input).toBeFocused();
  await page.keyboard.type('wasd 1?p');
  expect(await page.evaluate(() => window.flux?.self?.pose)).toBe(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toContainText('wasd 1?p');
  await page.keyboard.press('Escape');
  await expect(page.locator('canvas')).toBeFocused();

  await page.keyboard.press('1');
  await expect.poll(async () => (await ada.self()).pose).toBe(POSE.wave);

  await tabTo('Leave');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Come back' })).toBeFocused();
});
