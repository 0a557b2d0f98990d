import { expect, test } from './test.ts';

test('two people see each other walk, talk and wave', async ({ arrive }) => {
  const ada = await arrive();
  const bob = await arrive();
  await ada.enter('Ada');
  // Whoever comes in one's own first two seconds counts as having been there.
  await ada.page.waitForTimeout(2500);
  await bob.enter('Bob');
  await bob.sees('Ada');
  await expect(ada.page.getByRole('log')).toContainText('Bob arrived');

  await test.step('walking with the keyboard is seen by the other', async () => {
    await ada.looksAtWorld();
    await ada.goesSomewhere(
      ['KeyW', 'KeyS', 'KeyA', 'KeyD'],
      (key) => ada.page.keyboard.down(key),
      (key) => ada.page.keyboard.up(key),
    );
    await expect
      .poll(async () => {
        const [self, seen] = [await ada.self(), await bob.sees('Ada')];
        return Math.hypot(self.x - seen.x, self.z - seen.z);
      })
      .toBeLessThan(0.1);
  });

  await test.step('they come into earshot', async () => {
    await bob.walksNear(ada);
  });

  await test.step('words reach the other, as text and with their link', async () => {
    const words = 'look <b>here</b> https://flux.example/w/plaza?x=1, now';
    await ada.page.keyboard.press('Enter');
    await expect(ada.page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await ada.page.keyboard.type(words);
    await ada.page.keyboard.press('Enter');
    const line = bob.page.getByRole('log').locator('.chat-line');
    await expect(line).toContainText(words);
    await expect(line.getByRole('link')).toHaveAttribute(
      'href',
      'https://flux.example/w/plaza?x=1',
    );
    await expect(line.getByRole('link')).toHaveAttribute('rel', /noopener/);
    await ada.page.keyboard.press('Escape');
  });

  await test.step('an emote is told, and shown as a pose', async () => {
    await ada.looksAtWorld();
    await ada.page.keyboard.press('2');
    await expect(bob.page.getByRole('log')).toContainText('Ada: Dance');
    await expect.poll(async () => (await bob.sees('Ada')).pose).toBe(17);
  });

  await test.step('the list of people finds the other', async () => {
    await bob.looksAtWorld();
    await bob.page.keyboard.press('p');
    const panel = bob.page.getByRole('region', { name: 'People' });
    await expect(panel).toContainText('2 people here');
    await panel.getByRole('button', { name: 'Find Ada' }).click();
  });

  await test.step('who leaves is gone', async () => {
    await ada.page.getByRole('button', { name: 'Leave' }).click();
    await expect(bob.page.getByRole('log')).toContainText('Ada left');
    expect(await bob.page.evaluate(() => window.flux?.peers())).toEqual([]);
  });
});

test('who talks too fast is told, and gets the words back', async ({ arrive }) => {
  const ada = await arrive();
  await ada.enter('Ada');
  await ada.page.keyboard.press('Enter');
  const input = ada.page.getByRole('textbox', { name: 'Message' });
  await input.fill('what I meant to say');
  // All in one moment, however slow this machine is.
  await input.evaluate((field: HTMLTextAreaElement) => {
    for (let message = 1; message <= 8; message += 1) window.flux?.say(`message ${message}`);
    field.form?.requestSubmit();
  });
  await expect(ada.page.getByRole('alert').filter({ hasText: 'Too fast' })).toBeVisible();
  await expect(input).toHaveValue('what I meant to say');
});

test('a message that is too long is not sent, and says how much too long', async ({ arrive }) => {
  const ada = await arrive();
  await ada.enter('Ada');
  await ada.page.keyboard.press('Enter');
  const input = ada.page.getByRole('textbox', { name: 'Message' });
  await input.fill('가'.repeat(503));
  await expect(ada.page.getByText('-3 characters left')).toBeVisible();
  await input.press('Enter');
  await expect(ada.page.getByText('That is too long: 500 characters at most.')).toBeVisible();
});
