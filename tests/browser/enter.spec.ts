import { expect, test } from './test.ts';

test('the door tells the world and lets one in, and remembers the name', async ({ arrive }) => {
  const ada = await arrive('/');
  await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText('Plaza');
  await expect(ada.page.getByText('Nobody is here yet')).toBeVisible();
  await ada.enter('Ada');
  await expect(ada.page).toHaveURL(/\/w\/plaza$/);
  await expect(ada.page).toHaveTitle(/Plaza/);
  expect((await ada.page.evaluate(() => window.flux?.scene))?.drawCalls).toBeGreaterThan(0);

  await ada.page.getByRole('button', { name: 'Leave' }).click();
  await ada.page.getByRole('button', { name: 'Come back' }).click();
  await expect(ada.page.getByLabel('Your name')).toHaveValue('Ada');
});

test('the 3D part comes behind the door, with its bytes counted', async ({ arrive, server }) => {
  const ada = await arrive('/w/plaza');
  const manifest = await ada.page.request.get(`${server.url}/stage.json`);
  const { files } = (await manifest.json()) as { files: { url: string; bytes: number }[] };
  expect(files.length).toBeGreaterThan(0);
  for (const { url, bytes } of files) {
    const body = await (await ada.page.request.get(`${server.url}${url}`)).body();
    expect(body.length, url).toBe(bytes);
  }
});

test('a name is asked for', async ({ arrive }) => {
  const nobody = await arrive();
  await nobody.page.getByLabel('Your name').fill('   ');
  await nobody.page.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(nobody.page.getByText('Please choose a name first.')).toBeVisible();
  await expect(nobody.page.getByLabel('Your name')).toBeFocused();
  expect(await nobody.state()).toBe('entry');
});

test('a world that is not there is told so, and the plaza is offered', async ({ arrive }) => {
  const lost = await arrive('/w/nowhere');
  await expect(lost.page.getByRole('alert')).toContainText('There is no such world');
  await lost.page.getByRole('button', { name: 'Go to the plaza' }).click();
  await expect(lost.page.getByRole('heading', { level: 1 })).toHaveText('Plaza');
});

test('a server that is away is told so, and tried again', async ({ arrive, server }) => {
  const ada = await arrive();
  await expect(ada.page.getByText('Nobody is here yet')).toBeVisible();
  await server.stop('SIGKILL');
  await ada.page.getByLabel('Your name').fill('Ada');
  await ada.page.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(ada.page.getByText('The server is away').first()).toBeVisible();
  await server.start();
  await ada.enter('Ada');
});
