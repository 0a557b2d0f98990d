import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import type { DebugPerson, FluxDebug } from '../../clients/web/src/debug/flux_debug.ts';
import type { Settings } from '../../clients/web/src/settings/settings.ts';
import { paintNothing } from './undrawn.ts';

const EARSHOT_M = 12; // the plaza's, and some to spare
const WAY_MS = 10_000; // of walking, at a few pictures a second
const DRAWN_MS = 120_000; // shaders compile on the processor here

/** How somebody comes: what Playwright says of a device, and what is the person's own. */
export interface Arrival extends BrowserContextOptions {
  /** What they chose on an earlier visit. Pictures drawn in software had better be light. */
  readonly settings?: Partial<Settings>;
  /** False: nothing is painted. */
  readonly isPainted?: boolean;
  /** Runs in the page before anything else does. */
  readonly prepare?: () => void;
}

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
      if (
        message.type() === 'error' &&
        !/Failed to load resource|WebSocket|fetching the script/.test(message.text())
      ) {
        this.complaints.push(message.text());
      }
    });
  }

  /** `path` null: a page that has been nowhere yet. */
  static async at(
    origin: string,
    path: string | null,
    browser: Browser,
    { settings = { quality: 'low' }, isPainted = true, prepare, ...options }: Arrival = {},
  ): Promise<Person> {
    const saved = { name: 'flux.settings', value: JSON.stringify(settings) };
    const context = await browser.newContext({
      viewport: { width: 480, height: 270 },
      locale: 'en-GB',
      storageState: { cookies: [], origins: [{ origin, localStorage: [saved] }] },
      ...options,
    });
    if (!isPainted) await context.addInitScript(paintNothing);
    if (prepare) await context.addInitScript(prepare);
    const person = new Person(await context.newPage());
    if (path !== null) await person.page.goto(origin + path);
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

  async pose(): Promise<number> {
    return (await this.self()).pose;
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

  /** Does something, and goes on doing it until every one of these poses has been shown in some frame. */
  async showsPoses(poses: readonly number[], act: () => Promise<void>): Promise<void> {
    const shown = await this.page.evaluateHandle(() => {
      const seen = { poses: new Set<number>(), isOver: false };
      const look = (): void => {
        seen.poses.add(window.flux?.self?.pose ?? -1);
        if (!seen.isOver) requestAnimationFrame(look);
      };
      look();
      return seen;
    });
    // Where few frames are drawn, what is short may fall between two of them.
    await expect(async () => {
      await act();
      await expect
        .poll(() => shown.evaluate((seen) => [...seen.poses]), { timeout: 3000 })
        .toEqual(expect.arrayContaining([...poses]));
    }).toPass();
    await shown.evaluate((seen) => {
      seen.isOver = true;
    });
  }

  /** Holds a key until it has led at least so far from here; where that is. */
  async walksBy(key: string, metres: number): Promise<DebugPerson> {
    const from = await this.self();
    await this.page.keyboard.down(key);
    await expect
      .poll(() => this.distanceTo(from), { message: `to go ${metres} m by ${key}` })
      .toBeGreaterThan(metres);
    await this.page.keyboard.up(key);
    return this.self();
  }

  async distanceTo({ x, z }: { readonly x: number; readonly z: number }): Promise<number> {
    const self = await this.self();
    return Math.hypot(self.x - x, self.z - z);
  }

  /** So many frames go by: for what must not happen. */
  async seesFrames(count: number): Promise<void> {
    await this.page.evaluate(async (frames) => {
      for (let frame = 0; frame < frames; frame += 1) await new Promise(requestAnimationFrame);
    }, count);
  }

  async rests(): Promise<void> {
    await expect.poll(() => this.pose(), { message: 'to rest' }).toBe(0);
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
    for (const way of ways) {
      await push(way);
      const leads = await expect
        .poll(() => this.distanceTo(from), { timeout: WAY_MS })
        .toBeGreaterThan(0.5)
        .then(() => true)
        .catch(() => false);
      await release(way);
      if (leads) return;
    }
    throw new Error('no way leads anywhere');
  }

  /** Into earshot of somebody. */
  async walksNear(other: Person): Promise<void> {
    const { x, z } = await other.self();
    await this.walkTo(x + 3, z);
    expect(await this.distanceTo(await other.self())).toBeLessThanOrEqual(EARSHOT_M);
  }

  async drop(): Promise<void> {
    await this.page.evaluate(() => window.flux?.connection.drop());
  }

  async goes(): Promise<void> {
    await this.page.context().close();
  }
}
