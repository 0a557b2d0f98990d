import { mostDrawn } from './most_drawn.ts';
import { stageFiles } from './stage_files.ts';
import { expect, test } from './test.ts';
import { Traffic } from './traffic.ts';

const PEOPLE = 100;

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
    const most = await mostDrawn(ada, PEOPLE);
    test.info().annotations.push({ type: 'drawn', description: JSON.stringify(most) });
    expect(most.triangles, 'something is drawn').toBeGreaterThan(5000);
    expect(most.drawCalls).toBeLessThanOrEqual(calls);
    expect(most.triangles).toBeLessThanOrEqual(triangles);
  });
}

test('the door is 80 kB of code', async ({ arrive, server }) => {
  const { page } = await arrive(null);
  const traffic = await Traffic.of(page);
  // What is fetched behind the door is named by the page, besides the codec.
  const files = await stageFiles(page.request, server.url);
  const behind = new Set(files.map(({ url }) => url));
  let held = 0;
  await page.route(
    ({ pathname }) => behind.has(pathname) || /\/assets\/flux_wire/.test(pathname),
    () => {
      held += 1;
    },
  );
  await page.goto(`${server.url}/w/plaza`);
  await expect(page.getByLabel('Your name')).toBeVisible();
  await expect.poll(() => held).toBeGreaterThanOrEqual(files.length + 1);
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
