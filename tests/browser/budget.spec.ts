import type { Person } from './person.ts';
import { expect, test } from './test.ts';
import { Traffic } from './traffic.ts';

const PEOPLE = 100;

interface Drawn {
  readonly drawCalls: number;
  readonly triangles: number;
}

/** The most that any frame draws while one turns once round: among people, before the fountain. */
const mostDrawn = async (ada: Person): Promise<Drawn> => {
  const QUARTERS = 4;
  await ada.page.waitForFunction((people) => (window.flux?.peers().length ?? 0) >= people, PEOPLE);
  await ada.walkTo(0.4, 10);
  const most = { drawCalls: 0, triangles: 0 };
  for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
    const drawn = await ada.page.evaluate(async () => {
      const seen = { drawCalls: 0, triangles: 0 };
      for (let frame = 0; frame < 6; frame += 1) {
        await new Promise(requestAnimationFrame);
        const { drawCalls = 0, triangles = 0 } = window.flux?.scene ?? {};
        seen.drawCalls = Math.max(seen.drawCalls, drawCalls);
        seen.triangles = Math.max(seen.triangles, triangles);
      }
      window.flux?.look(350, 0);
      return seen;
    });
    most.drawCalls = Math.max(most.drawCalls, drawn.drawCalls);
    most.triangles = Math.max(most.triangles, drawn.triangles);
  }
  return most;
};

for (const [name, arrival, calls, triangles] of [
  ['at high quality', { settings: { quality: 'high' } }, 120, 400_000],
  ['on a phone', { settings: {}, hasTouch: true, isMobile: true }, 60, 50_000],
] as const) {
  test(`${name} a frame among ${PEOPLE} people is ${calls} draw calls and ${triangles} triangles at most`, async ({
    arrive,
    server,
  }) => {
    server.fill(PEOPLE);
    const ada = await arrive('/w/plaza', { viewport: { width: 320, height: 240 }, ...arrival });
    await ada.enter('Ada');
    const most = await mostDrawn(ada);
    test.info().annotations.push({ type: 'drawn', description: JSON.stringify(most) });
    expect(most.triangles, 'something is drawn').toBeGreaterThan(5000);
    expect(most.drawCalls).toBeLessThanOrEqual(calls);
    expect(most.triangles).toBeLessThanOrEqual(triangles);
  });
}

test('the door is 80 kB of code', async ({ arrive, server }) => {
  const { page } = await arrive(null);
  const traffic = await Traffic.of(page);
  let held = 0;
  // What is fetched behind the door: a file of another name would count as the door's own.
  await page.route(/\/(stage\.json|assets\/(inner|flux_wire)[^/]*)$/, () => {
    held += 1;
  });
  await page.goto(`${server.url}/w/plaza`);
  await expect(page.getByLabel('Your name')).toBeVisible();
  await expect.poll(() => held).toBeGreaterThanOrEqual(3);
  test.info().annotations.push({ type: 'bytes', description: `${traffic.codeBytes}` });
  expect(traffic.codeBytes, 'some code comes').toBeGreaterThan(20_000);
  expect(traffic.codeBytes).toBeLessThanOrEqual(80_000);
});

test('what comes until one walks is 300 kB of code, and 1.2 MB in all', async ({
  arrive,
  server,
}) => {
  const ada = await arrive(null);
  // What a worker fetches is not told of with the page's: so the page draws the avatar at the door itself.
  await ada.page.addInitScript(() => {
    Reflect.deleteProperty(HTMLCanvasElement.prototype, 'transferControlToOffscreen');
  });
  const traffic = await Traffic.of(ada.page);
  await ada.page.goto(`${server.url}/w/plaza`);
  await ada.enter('Ada');
  await ada.walksBy('w', 0.3);
  const { codeBytes, bytes } = traffic;
  test.info().annotations.push({ type: 'bytes', description: `${codeBytes} of ${bytes}` });
  expect(codeBytes, 'all code has come').toBeGreaterThan(150_000);
  expect(codeBytes).toBeLessThanOrEqual(300_000);
  expect(bytes).toBeLessThanOrEqual(1_200_000);
});
