import type { Page } from '@playwright/test';
import { EMOTES, POSE } from '../../clients/sdk/src/pose.ts';
import type { Person } from './person.ts';
import { expect, inside, test } from './test.ts';

const who = inside(['Ada', 'Bob']);

const EMOTE_KEYS = '1234567890-';
const WEST = [-1.6, 14] as const;
const EAST = [2.4, 14] as const;

/** Both on the free ground where one arrives, in sight of each other. */
const meet = async (): Promise<{ ada: Person; bob: Person }> => {
  const [ada, bob] = [who('Ada'), who('Bob')];
  await Promise.all([ada.walkTo(...WEST), bob.walkTo(...EAST)]);
  await Promise.all([ada.looksAtWorld(), bob.looksAtWorld()]);
  await bob.sees('Ada');
  await ada.sees('Bob');
  return { ada, bob };
};

const input = (page: Page) => page.getByRole('textbox', { name: 'Message' });

const says = async (person: Person, words: string): Promise<void> => {
  const { page } = person;
  await person.looksAtWorld();
  await page.keyboard.press('Enter');
  await expect(input(page)).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(input(page)).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(page.locator('canvas')).toBeFocused();
};

test('who walks is seen walking, to the same spot', async () => {
  const { ada, bob } = await meet();
  await ada.page.keyboard.down('a');
  await expect.poll(async () => (await bob.sees('Ada')).pose).toBe(POSE.walk);
  await ada.page.keyboard.up('a');
  await ada.rests();
  await expect
    .poll(async () => {
      const [self, seen] = [await ada.self(), await bob.sees('Ada')];
      return Math.hypot(self.x - seen.x, self.z - seen.z);
    })
    .toBeLessThan(0.1);
});

test('words reach who is near, as text and with their link', async () => {
  const { ada, bob } = await meet();
  const words = 'look <b>here</b> https://flux.example/w/plaza?x=1, now';
  await says(ada, words);
  const line = bob.page.getByRole('log').locator('.chat-line').filter({ hasText: 'look' });
  await expect(line).toContainText(words);
  await expect(line.locator('b', { hasText: 'here' })).toHaveCount(0);
  const link = line.getByRole('link');
  await expect(link).toHaveAttribute('href', 'https://flux.example/w/plaza?x=1');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(link).toHaveAttribute('target', '_blank');
});

test('who is far away hears what is said to everyone, and nothing else', async () => {
  const { ada, bob } = await meet();
  await bob.walkTo(0.5, -9);
  await says(ada, 'only for those near me');
  await ada.page.getByRole('button', { name: 'Everyone' }).click();
  await says(ada, 'for everyone');
  await ada.page.getByRole('button', { name: 'Near', exact: true }).click();
  const log = bob.page.getByRole('log');
  await expect(log).toContainText('for everyone');
  await expect(log).not.toContainText('only for those near me');
  await expect(ada.page.getByRole('log')).toContainText('only for those near me');
});

test('each emote has a key, and is seen by the other as a pose', async () => {
  const { ada, bob } = await meet();
  for (const [index, key] of [...EMOTE_KEYS].entries()) {
    const name = EMOTES[index] ?? 'wave';
    // One a second is what the server tells others of; the pose does not wait for that.
    await ada.looksAtWorld();
    await ada.page.keyboard.press(key);
    await expect
      .poll(async () => (await bob.sees('Ada')).pose, { message: `${name}, key ${key}` })
      .toBe(POSE[name]);
  }
  await expect(bob.page.getByRole('log')).toContainText('Ada: Wave');
});

test('too many emotes are told about, by a notice that goes away', async () => {
  const { ada } = await meet();
  const notice = ada.page.getByRole('status', { name: 'Notices' }).getByText('One emote a second');
  await ada.page.evaluate(() => {
    for (let times = 0; times < 8; times += 1) window.flux?.emote('bow');
  });
  await expect(notice.first()).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test('a raised hand stays up for the other to see, whatever else one does', async () => {
  const { ada, bob } = await meet();
  await ada.page.keyboard.press('h');
  await expect(ada.page.getByRole('button', { name: 'Raise hand' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await bob.page.keyboard.press('p');
  const row = bob.page.getByRole('region', { name: 'People' }).locator('li', { hasText: 'Ada' });
  await expect(row).toContainText('raises a hand');
  await ada.walksBy('s', 0.5);
  await expect(row).toContainText('raises a hand');
  await ada.page.keyboard.press('=');
  await expect(row).not.toContainText('raises a hand');
  await bob.page.keyboard.press('Escape');
});

test('the list of people is searched by name', async () => {
  const { bob } = await meet();
  await bob.page.keyboard.press('p');
  const panel = bob.page.getByRole('region', { name: 'People' });
  await expect(panel).toContainText('2 people here');
  const search = panel.getByRole('searchbox', { name: 'Search people' });
  await search.fill('ad');
  await expect(panel.getByRole('button', { name: 'Find Ada' })).toBeVisible();
  await search.fill('nobody of this name');
  await expect(panel).toContainText('Nobody near is called “nobody of this name”.');
  await expect(panel.getByRole('button', { name: 'Find Ada' })).toHaveCount(0);
  await search.fill('');
  await bob.page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

test('Find turns towards the other: straight ahead is where they are', async () => {
  const { ada, bob } = await meet();
  await bob.page.keyboard.press('p');
  await bob.page.getByRole('button', { name: 'Find Ada' }).click();
  await bob.page.keyboard.press('Escape');
  const other = await ada.self();
  const before = await bob.distanceTo(other);
  const { x } = await bob.self();
  await bob.walksBy('w', 1);
  expect(await bob.distanceTo(other)).toBeLessThan(before - 0.8);
  expect((await bob.self()).x).toBeLessThan(x);
});

test('who follows comes along, until they steer themselves', async () => {
  const { ada, bob } = await meet();
  await bob.page.keyboard.press('p');
  await bob.page.getByRole('button', { name: 'Follow Ada', exact: true }).click();
  await bob.page.keyboard.press('Escape');
  const chip = bob.page.getByRole('button', { name: 'Stop', exact: true });
  await expect(chip).toHaveCount(1);
  await ada.walkTo(0.5, -8);
  await expect.poll(async () => bob.distanceTo(await ada.self())).toBeLessThan(4);
  await bob.rests();
  await bob.looksAtWorld();
  await bob.walksBy('s', 0.3);
  await expect(chip).toHaveCount(0);
  expect(await bob.page.evaluate(() => window.flux?.following)).toBe(null);
});

test('who leaves is gone', async () => {
  const { ada, bob } = await meet();
  await ada.page.getByRole('button', { name: 'Leave' }).click();
  await expect(ada.page.getByRole('heading', { name: 'You have left' })).toBeVisible();
  await expect(bob.page.getByRole('log')).toContainText('Ada left');
  expect(await bob.page.evaluate(() => window.flux?.peers())).toEqual([]);
  await ada.page.getByRole('button', { name: 'Come back' }).click();
  await ada.enter('Ada');
  await expect(bob.page.getByRole('log')).toContainText('Ada arrived');
});
