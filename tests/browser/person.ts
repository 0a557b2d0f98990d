import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import type { DebugPerson, FluxDebug } from '../../clients/web/src/debug/flux_debug.ts';

const EARSHOT_M = 12; // the plaza's, and some to spare
const WAY_MS = 10_000; // of walking, at a few pictures a second
const DRAWN_MS = 120_000; // shaders compile on the processor here

/** One browser with one page: somebody's. */
export class Person {
  readonly page: Page;
  /** What went wrong in the page, by its own account. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // A request that fails is told by the browser itself; tests that cut the network expect it.
      if (message.type() === 'error' && !/Failed to load resource|WebSocket/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  static async at(
    url: string,
    browser: Browser,
    options: BrowserContextOptions = {},
  ): Promise<Person> {
    const context = await browser.newContext(options);
    const person = new Person(await context.newPage());
    await person.page.goto(url);
    return person;
  }

  async enter(name: string): Promise<void> {
    await this.page.locator('input[autocomplete=nickname]').fill(name);
    await this.page.locator('button[type=submit]').click();
    await this.isInside();
  }

  async isInside(): Promise<void> {
    await this.page.waitForFunction(
      () => window.flux?.state === 'online' && window.flux.ready && window.flux.self !== null,
      undefined,
      { timeout: DRAWN_MS },
    );
  }

  /** The keyboard walks. */
  async looksAtWorld(): Promise<void> {
    await this.page.locator('canvas').focus();
  }

  async self(): Promise<DebugPerson> {
    const self = await this.page.evaluate(() => window.flux?.self);
    if (!self) throw new Error('is not inside');
    return self;
  }

  async state(): Promise<FluxDebug['state'] | undefined> {
    return this.page.evaluate(() => window.flux?.state);
  }

  /** Somebody by name, once they are known. */
  async sees(name: string): Promise<DebugPerson> {
    const find = (wanted: string) => window.flux?.peers().find((peer) => peer.name === wanted);
    await expect
      .poll(() => this.page.evaluate(find, name).then(Boolean), { message: `to see ${name}` })
      .toBe(true);
    const peer = await this.page.evaluate(find, name);
    if (!peer) throw new Error(`${name} is gone again`);
    return peer;
  }

  async walkTo(x: number, z: number): Promise<void> {
    await this.page.evaluate(([toX, toZ]) => window.flux?.walkTo(toX, toZ), [x, z] as const);
  }

  /**
   * Tries each way until one leads off: straight ahead there may be a bench. `push` begins to go a way,
   * `release` ends it.
   */
  async goesSomewhere<Way>(
    ways: readonly Way[],
    push: (way: Way) => Promise<void>,
    release: (way: Way) => Promise<void>,
  ): Promise<void> {
    const from = await this.self();
    const moved = async (): Promise<number> => {
      const self = await this.self();
      return Math.hypot(self.x - from.x, self.z - from.z);
    };
    for (const way of ways) {
      await push(way);
      const leads = await expect
        .poll(moved, { timeout: WAY_MS })
        .toBeGreaterThan(0.5)
        .then(() => true)
        .catch(() => false);
      await release(way);
      if (leads) return;
    }
    throw new Error('no way leads anywhere');
  }

  /** Into earshot of somebody, from any side that is not walled off. */
  async walksNear(other: Person): Promise<void> {
    const distance = async (): Promise<number> => {
      const [own, theirs] = [await this.self(), await other.self()];
      return Math.hypot(own.x - theirs.x, own.z - theirs.z);
    };
    for (let side = 0; side < 8 && (await distance()) > EARSHOT_M; side += 1) {
      const { x, z } = await other.self();
      const turn = (side * Math.PI) / 4;
      // A bench or a fountain may stand in the way: the next side may be free.
      await this.walkTo(x + 6 * Math.cos(turn), z + 6 * Math.sin(turn)).catch(() => undefined);
    }
    expect(await distance()).toBeLessThanOrEqual(EARSHOT_M);
  }

  async drop(): Promise<void> {
    await this.page.evaluate(() => window.flux?.connection.drop());
  }

  async goes(): Promise<void> {
    await this.page.context().close();
  }
}
