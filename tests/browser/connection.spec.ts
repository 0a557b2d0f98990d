import { expect, test } from './test.ts';

test('a lost connection comes back by itself, as the same person at the same spot', async ({
  arrive,
}) => {
  const ada = await arrive();
  await ada.enter('Ada');
  const door = await ada.self();
  await ada.walkTo(door.x + 2, door.z);
  const before = await ada.self();
  await ada.drop();
  await expect.poll(() => ada.state()).toBe('online');
  const after = await ada.self();
  expect(after.id).toBe(before.id);
  expect(Math.hypot(after.x - before.x, after.z - before.z)).toBeLessThan(0.5);
  await expect(ada.page.getByText('You are back.')).toBeVisible();
});

test('without a network one is told, and is back as soon as there is one', async ({ arrive }) => {
  const ada = await arrive();
  await ada.enter('Ada');
  await ada.page.context().setOffline(true);
  await ada.drop();
  const banner = ada.page.getByRole('alert').filter({ hasText: 'Connection lost' });
  // The fourth attempt and later: until here it has tried in vain.
  await expect(banner).toContainText(/Trying again in [3-9] seconds\./);
  await ada.page.context().setOffline(false);
  await expect(banner).toBeHidden({ timeout: 2500 });
  expect(await ada.state()).toBe('online');
});

/** Runs in the page: what would come after more than three seconds never comes. */
const endlessWaits = (): void => {
  const after = window.setTimeout.bind(window);
  const NEVER_MS = 2 ** 31 - 1;
  window.setTimeout = ((act: () => void, ms = 0) =>
    after(act, ms > 3000 ? NEVER_MS : ms)) as typeof window.setTimeout;
};

test('one may try again at once instead of waiting', async ({ arrive, server }) => {
  // Else it may be back by itself before the button is there to be pressed.
  const ada = await arrive('/w/plaza', { prepare: endlessWaits });
  await ada.enter('Ada');
  await server.stop('SIGKILL');
  const banner = ada.page.getByRole('alert').filter({ hasText: 'Connection lost' });
  await expect(banner).toContainText(/Trying again in [4-9] seconds\./);
  await server.start();
  await ada.seesFrames(30);
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'Retry now' }).click();
  await expect(banner).toBeHidden({ timeout: 2500 });
});

test('a server that is killed and started again finds its people at the same spot', async ({
  arrive,
  server,
}) => {
  const ada = await arrive();
  await ada.enter('Ada');
  const before = await ada.self();
  await server.stop('SIGKILL');
  await expect(ada.page.getByText('Connection lost')).toBeVisible();
  await server.start();
  await expect.poll(() => ada.state()).toBe('online');
  const after = await ada.self();
  expect(Math.hypot(after.x - before.x, after.z - before.z)).toBeLessThan(1);
  expect(after.name === '' || after.name === 'Ada').toBe(true);
});

test('a server that stops in order says so', async ({ arrive, server }) => {
  const ada = await arrive();
  await ada.enter('Ada');
  const stopped = server.stop();
  await expect(ada.page.getByText('The server is restarting.')).toBeVisible();
  await stopped;
  await server.start();
  await expect.poll(() => ada.state()).toBe('online');
});
