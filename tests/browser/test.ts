import { test as base, expect } from '@playwright/test';
import { type Arrival, Person } from './person.ts';
import { Server } from './server.ts';

interface Fixtures {
  readonly server: Server;
  /** Opens a browser at a path of the server. All are closed at the end, and none may have complained. */
  readonly arrive: (path?: string | null, arrival?: Arrival) => Promise<Person>;
}

export interface Painting {
  /** False: for tests that look at no picture (undrawn.ts). */
  readonly isPainted: boolean;
}

export const test = base.extend<Fixtures, Painting>({
  isPainted: [true, { option: true, scope: 'worker' }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  server: async ({}, use) => {
    const server = new Server();
    await server.start();
    await use(server);
    await server.stop();
  },

  arrive: async ({ browser, isPainted, server }, use) => {
    const people: Person[] = [];
    await use(async (path = '/w/plaza', arrival = {}) => {
      const person = await Person.at(server.url, path, browser, { isPainted, ...arrival });
      people.push(person);
      return person;
    });
    for (const person of people) await person.goes();
    expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
  },
});

/**
 * A server and people inside it for all tests of a file, who take up where the test before left them:
 * going in is what takes longest.
 */
export const inside = (
  names: readonly string[],
  arrival: Arrival = {},
  path = '/w/plaza',
): ((name: string) => Person) => {
  const server = new Server();
  const people = new Map<string, Person>();
  test.beforeAll(async ({ browser, isPainted }) => {
    await server.start();
    for (const name of names) {
      const person = await Person.at(server.url, path, browser, { isPainted, ...arrival });
      people.set(name, person);
      await person.enter(name);
    }
  });
  test.afterAll(async () => {
    for (const person of people.values()) await person.goes();
    await server.stop();
    expect([...people.values()].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  return (name) => {
    const person = people.get(name);
    if (!person) throw new Error(`${name} is not here`);
    return person;
  };
};

export { expect };
