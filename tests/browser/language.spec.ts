import { expect, test } from './test.ts';

test('a Korean browser is spoken to in Korean, all through', async ({ arrive }) => {
  const ada = await arrive('/w/plaza', { locale: 'ko-KR' });
  const { page } = ada;
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('광장');
  await ada.enter('지우');
  await expect(page).toHaveTitle(/광장/);
  await expect(page.getByRole('button', { name: '설정' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('안녕하세요');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toContainText('안녕하세요');
  await expect(page.getByRole('log')).toContainText('지우');
});

test('the language can be changed at the door and inside, and is remembered', async ({
  arrive,
}) => {
  const ada = await arrive();
  const { page } = ada;
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('button', { name: '들어가기', exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: '들어가기', exact: true })).toBeVisible();
  await ada.enter('Ada');
  await page.getByRole('button', { name: '설정' }).click();
  await page.getByLabel('언어').selectOption('English');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
