// entry_time: how long it takes from following a link to walking, on a phone's line and processor.
//
//   FLUX_BINARY=build/flux node bench/client/entry_time.mjs [--people 100] [--cpu 4] [--times 3]
//
// Fast 4G (slow_line.mjs) and a processor slowed four times, low quality as phones begin with, and a visitor
// who types and presses Enter as soon as there is something to press. The second visit is the same browser
// some seconds later, with what it kept. Nothing is painted, and what WebGL's other calls wait for a renderer
// on the processor is told apart (card.mjs). Ends with 1 when a median is over its budget.
import { parseArgs } from 'node:util';
import { besideCrowd } from './crowded_world.mjs';
import { watchWebGL } from './card.mjs';
import { openSlowLine } from './slow_line.mjs';

const { values: flags } = parseArgs({
  options: {
    people: { type: 'string', default: '100' },
    cpu: { type: 'string', default: '4' },
    times: { type: 'string', default: '3' },
    first: { type: 'string', default: '3000' },
    second: { type: 'string', default: '1000' },
  },
});

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** From asking for the page to the first step: milliseconds of the page's own clock. */
async function enterAndWalk(page, url) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: Number(flags.cpu) });
  await page.goto(url, { waitUntil: 'commit' });
  const name = page.locator('input[autocomplete=nickname]');
  await name.fill('Ada');
  const door = await page.evaluate(() => performance.now());
  await page.locator('button[type=submit]').click();
  await page.waitForFunction(() => window.flux?.ready && window.flux.self);
  const ready = await page.evaluate(() => performance.now());
  await page.keyboard.down('w');
  const walking = await page.evaluate(async () => {
    const { x, z } = window.flux.self;
    for (;;) {
      await new Promise(requestAnimationFrame);
      const now = window.flux.self;
      if (Math.hypot(now.x - x, now.z - z) > 0.05) return performance.now();
    }
  });
  await page.keyboard.up('w');
  const painted = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
  const webgl = await page.evaluate(() => window.webglMs);
  return { painted, door, ready, walking, webgl };
}

const KEPT_MS = 6000; // until the service worker has what it keeps

async function visitTwice(browser, url) {
  const context = await browser.newContext({
    viewport: { width: 412, height: 823 },
    hasTouch: true,
    isMobile: true,
    locale: 'en-GB',
  });
  await context.addInitScript(watchWebGL, false);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const first = await enterAndWalk(page, url);
  await page.waitForTimeout(KEPT_MS);
  await page.close();
  const second = await enterAndWalk(await context.newPage(), url);
  await context.close();
  return { first, second };
}

const visits = await besideCrowd(
  {
    people: Number(flags.people),
    viewport: { width: 412, height: 823 },
    settings: {},
    isPainted: false,
  },
  async (page, url) => {
    const line = await openSlowLine(url);
    const slow = `${line.url}${new URL(url).pathname}`;
    const browser = page.context().browser();
    // What draws on the processor compiles its own shaders at first sight: not a phone's matter.
    await visitTwice(browser, slow);
    const all = [];
    for (let time = 0; time < Number(flags.times); time += 1)
      all.push(await visitTwice(browser, slow));
    line.close();
    return all;
  },
);

console.log(`entry_time: fast 4G, processor ${flags.cpu}x slower, ${flags.people} people there, ms`);
for (const [name, budget] of [
  ['first', Number(flags.first)],
  ['second', Number(flags.second)],
]) {
  const of = (key) => Math.round(median(visits.map((visit) => visit[name][key])));
  const holds = of('walking') <= budget;
  if (!holds) process.exitCode = 1;
  console.log(
    `  ${name} visit: painted ${of('painted')}, name typed ${of('door')}, inside ${of('ready')}, ` +
      `walking ${of('walking')} (budget ${budget}: ${holds ? 'holds' : 'OVER'}); WebGL calls ${of('webgl')}`,
  );
}
