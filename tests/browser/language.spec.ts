import { expect, test } from './test.ts';

// Keys, buttons and languages are called so everywhere.
const SAME_IN_ALL = /^(English|Shift|Enter|Esc|Select|Start|Home|http|localhost|plaza)$/;

const foreignWords = (texts: readonly string[]): readonly string[] =>
  (texts.join(' ').match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !SAME_IN_ALL.test(word));

test('a Korean browser is spoken to in Korean, all through', async ({ arrive }) => {
  const ada = await arrive('/w/plaza', { locale: 'ko-KR' });
  const { page } = ada;
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('광장');
  expect(foreignWords(await page.locator('main').allInnerTexts())).toEqual([]);
  await ada.enter('지우');
  await expect(page).toHaveTitle(/광장/);
  for (const panel of ['사람들', '초대', '설정', '도움말']) {
    await page.getByRole('button', { name: panel, exact: true }).click();
    const region = page.getByRole('region', { name: panel });
    expect(foreignWords(await region.allInnerTexts()), panel).toEqual([]);
    await page.keyboard.press('Escape');
  }
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
