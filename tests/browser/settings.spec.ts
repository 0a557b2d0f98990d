import { expect, inside, test } from './test.ts';

const who = inside(['Ada']);

test('the sound goes off with one key, and on with one click', async () => {
  const { page } = who('Ada');
  const sound = page.getByRole('button', { name: 'Sound' });
  await expect(sound).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('m');
  await expect(sound).toHaveAttribute('aria-pressed', 'false');
  await sound.click();
  await expect(sound).toHaveAttribute('aria-pressed', 'true');
});

test('the help tells every key', async () => {
  const { page } = who('Ada');
  await page.keyboard.press('?');
  const help = page.getByRole('region', { name: 'Help' });
  for (const key of [
    'W',
    'Shift',
    'X',
    'V',
    'Enter',
    'H',
    'P',
    'I',
    'C',
    'M',
    'O',
    'F',
    '?',
    'Esc',
  ])
    await expect(help.locator('kbd').getByText(key, { exact: true })).not.toHaveCount(0);
  await page.keyboard.press('?');
  await expect(help).toHaveCount(0);
});

test('what one chose is so at once, and still so on the next visit', async () => {
  const ada = who('Ada');
  const { page } = ada;
  await page.getByRole('button', { name: 'Settings' }).click();
  const panel = page.getByRole('region', { name: 'Settings' });
  await panel.getByLabel('Motion').selectOption('Reduced');
  await panel.getByLabel('Field of view').fill('70');
  await panel.getByLabel('Volume').fill('30');
  for (const name of ['Sound', 'A click on the ground walks there']) {
    const toggle = panel.getByRole('switch', { name });
    await toggle.press('Space');
    await expect(toggle).not.toBeChecked();
  }
  await panel.getByLabel('Graphics').selectOption('Balanced');
  await panel.getByLabel('Graphics').selectOption('Light (saves battery)');
  await panel.getByLabel('Language').selectOption('한국어');
  await expect(page.getByRole('heading', { name: '설정' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced');

  await page.reload();
  await ada.enter('Ada');
  await page.getByRole('button', { name: '설정' }).click();
  const again = page.getByRole('region', { name: '설정' });
  const chosen = await again
    .locator('select, input')
    .evaluateAll((fields) =>
      fields.map((field) =>
        field instanceof HTMLInputElement && field.type === 'checkbox'
          ? field.checked
          : (field as HTMLInputElement).value,
      ),
    );
  expect(chosen).toEqual(['ko', 'reduced', 'low', '70', false, '30', '50', false]);
  await page.keyboard.press('Escape');

  const before = await ada.self();
  await page.mouse.click(420, 160);
  await ada.seesFrames(4);
  expect(await ada.distanceTo(before)).toBeLessThan(0.05);
});
