import { CAST } from '../../clients/web/src/entry/cast.ts';
import { stageFiles } from './stage_files.ts';
import { expect, test } from './test.ts';

const DESK = { viewport: { width: 960, height: 600 } };
const HEAD_SHIFT = 12; // of the look's bits

test('the door tells the world and lets one in, and remembers the name', async ({ arrive }) => {
  const ada = await arrive('/');
  await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText('Plaza');
  await expect(ada.page.locator('.people-count')).toHaveText('Nobody is here yet');
  await ada.enter('Ada');
  await expect(ada.page).toHaveURL(/\/w\/plaza$/);
  await expect(ada.page).toHaveTitle(/Plaza/);
  expect((await ada.page.evaluate(() => window.flux?.scene))?.drawCalls).toBeGreaterThan(0);

  await ada.page.getByRole('button', { name: 'Leave' }).click();
  await ada.page.getByRole('button', { name: 'Come back' }).click();
  await expect(ada.page.getByLabel('Your name')).toHaveValue('Ada');
});

test('one of the cast, changed in a detail, is who one is inside', async ({ arrive }) => {
  const ada = await arrive('/w/plaza', DESK);
  const { page } = ada;
  await expect(page.getByRole('img', { name: 'Your avatar, turning' })).toBeVisible();
  await expect(page.locator('.avatar-preview')).toHaveAttribute('data-ready', 'true');
  const cast = page.getByRole('group', { name: 'Who you are' });
  const mara = cast.getByRole('button', { name: 'Mara' });
  await expect(cast.getByRole('button')).toHaveCount(CAST.length);
  await mara.click();
  await expect(mara).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('button', { name: 'Change details' }).click();
  await expect(cast).toHaveCount(0);
  await page.getByRole('button', { name: 'Hair or hat' }).click();
  await page.getByRole('radio', { name: 'Afro' }).check({ force: true });
  await page.getByRole('button', { name: 'Top', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Top' }).getByRole('radio')).toHaveCount(16);

  await ada.page.setViewportSize({ width: 480, height: 270 });
  await ada.enter('Ada');
  const { look } = CAST.find(({ name }) => name.en === 'Mara') ?? { look: 0 };
  const afro = ((look & ~(0xf << HEAD_SHIFT)) | (3 << HEAD_SHIFT)) >>> 0;
  await expect.poll(async () => (await ada.self()).look).toBe(afro);
});

test('Surprise me gives another look each time, and it is remembered', async ({ arrive }) => {
  const { page } = await arrive('/w/plaza', DESK);
  await page.getByRole('button', { name: 'Change details' }).click();
  const chosen = async (): Promise<string> => {
    const picked: string[] = [];
    for (const field of ['Figure', 'Hair or hat', 'Accessory', 'Top', 'Bottom']) {
      await page.getByRole('button', { name: field, exact: true }).click();
      const group = page.getByRole('group', { name: field, exact: true });
      picked.push((await group.locator('input:checked').getAttribute('aria-label')) ?? '');
    }
    return picked.join(', ');
  };
  const first = await chosen();
  await page.getByRole('button', { name: 'Surprise me' }).click();
  expect(await chosen()).not.toBe(first);
});

test('a name is asked for, and one that is too long is not taken', async ({ arrive }) => {
  const nobody = await arrive();
  const field = nobody.page.getByLabel('Your name');
  const enter = nobody.page.getByRole('button', { name: 'Come in' });
  for (const [name, problem] of [
    ['   ', 'Please choose a name first.'],
    ['가'.repeat(33), 'That name is too long: 32 characters at most.'],
  ] as const) {
    await field.fill(name);
    await enter.click();
    await expect(nobody.page.getByText(problem)).toBeVisible();
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(await nobody.state()).toBe('entry');
  }
});

test('the 3D part comes behind the door, with its bytes counted', async ({ arrive, server }) => {
  const ada = await arrive('/w/plaza');
  const files = await stageFiles(ada.page.request, server.url);
  expect(files.length).toBeGreaterThan(0);
  for (const { url, bytes } of files) {
    const body = await (await ada.page.request.get(`${server.url}${url}`)).body();
    expect(body.length, url).toBe(bytes);
  }
});

test('the doors of the other worlds are links', async ({ arrive }) => {
  const { page } = await arrive('/w/plaza', DESK);
  const worlds = page.getByRole('navigation', { name: 'Worlds of this server' });
  await worlds.getByRole('link', { name: /Gallery/ }).click();
  await expect(page).toHaveURL(/\/w\/gallery$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gallery');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plaza');
});

test('a world that is not there is told so, and the plaza is offered', async ({ arrive }) => {
  const lost = await arrive('/w/nowhere');
  await expect(lost.page.getByRole('alert')).toContainText('There is no such world');
  await lost.page.getByRole('button', { name: 'Go to the plaza' }).click();
  await expect(lost.page.getByRole('heading', { level: 1 })).toHaveText('Plaza');
});

test('a server that is away is told so, and tried again', async ({ arrive, server }) => {
  const ada = await arrive();
  await expect(ada.page.locator('.people-count')).toHaveText('Nobody is here yet');
  await server.stop('SIGKILL');
  await ada.page.getByLabel('Your name').fill('Ada');
  await ada.page.getByRole('button', { name: 'Come in' }).click();
  await expect(ada.page.getByText('The server is away').first()).toBeVisible();
  await server.start();
  await ada.enter('Ada');
});
