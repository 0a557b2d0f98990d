import { type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { Person } from './person.ts';
import { Server } from './server.ts';

interface Fixtures {
  readonly server: Server;
  /** Opens a browser at a path of the server. All are closed at the end, and none may have complained. */
  readonly arrive: (path?: string, options?: BrowserContextOptions) => Promise<Person>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  server: async ({}, use) => {
    const server = new Server();
    await server.start();
    await use(server);
    await server.stop();
  },

  arrive: async ({ browser, server, contextOptions }, use) => {
    const people: Person[] = [];
    await use(async (path = '/w/plaza', options = {}) => {
      const person = await Person.at(`${server.url}${path}`, browser, {
        viewport: { width: 480, height: 270 },
        locale: 'en-GB',
        ...contextOptions,
        ...options,
      });
      people.push(person);
      return person;
    });
    for (const person of people) await person.goes();
    expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
  },
});

export { expect };
