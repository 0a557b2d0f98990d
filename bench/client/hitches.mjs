// hitches: the longest tasks of the page's main thread while one walks, travels and meets a crowd.
//
//   FLUX_BINARY=build/flux node bench/client/hitches.mjs [--people 200] [--quality high] [--runs 3] [--profile]
//
// Enters the plaza, walks across it, has ways searched that are far, goes to the garden by its portal and
// back into the crowd. Judged is what a task cost the thread's processor, by the browser's own trace: what
// others take from the machine, and waiting for a graphics card, are not in it. Nothing is painted
// here (card.mjs), and the sampled share of all other WebGL calls is told apart and not counted. Each step counts as
// in the best of the runs, since what is collected as garbage falls on whom it likes. Ends with 1 when a
// step had a task over the budget.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { watchWebGL } from './card.mjs';
import { inCrowdedWorld } from './crowded_world.mjs';

const { values: flags } = parseArgs({
  options: {
    people: { type: 'string', default: '200' },
    quality: { type: 'string', default: 'high' },
    viewport: { type: 'string', default: '480x270' },
    runs: { type: 'string', default: '3' },
    budget: { type: 'string', default: '50' },
    profile: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** Milliseconds: what is told of. */
const TOLD = 30;
const TRACED = ['blink.user_timing', 'disabled-by-default-devtools.timeline'];
const MARK = 'hitches: ';

const walk = (page, x, z) =>
  page.evaluate(([toX, toZ]) => window.flux.walkTo(toX, toZ).catch(() => undefined), [x, z]);

async function travel(page, world, x, z) {
  const isThere = () => new URL(page.url()).pathname === `/w/${world}`;
  // The walk ends in another world: then nobody is there any more to finish it. People may stand in the way.
  for (let tries = 0; tries < 6 && !isThere(); tries++) {
    walk(page, x, z).catch(() => undefined);
    await page.waitForURL(`**/w/${world}`, { timeout: 20_000 }).catch(() => undefined);
  }
  if (!isThere()) {
    const place = await page.evaluate(() => JSON.stringify([window.flux.self, window.flux.state]));
    throw new Error(`the portal to ${world} was not reached: ${place}`);
  }
  await page.waitForFunction(() => window.flux?.ready && window.flux.self);
  // What is not needed for walking goes on coming for a while.
  await page.waitForTimeout(6000);
}

const STEPS = {
  'the first seconds': (page) => page.waitForTimeout(5000),
  'across the plaza': (page) => walk(page, -6, -8),
  'far ways': async (page) => {
    // Whoever changes their mind leaves a search behind; the last is for a place one cannot come to.
    for (const [x, z] of [[28, 2.5], [-20, 12], [0, -24], [300, 300]]) {
      walk(page, x, z).catch(() => undefined);
      await page.waitForTimeout(1500);
    }
  },
  'to the garden': (page) => travel(page, 'garden', 9.6, -13.6),
  'back to the plaza': (page) => travel(page, 'plaza', 0, 17),
};

const nameOf = ({ functionName, url, lineNumber }) =>
  `${functionName || '(anonymous)'} ${url.split('/').pop()}:${lineNumber + 1}`;

/** What ran between two moments, by self time in ms; WebGL calls apart. */
function ran({ nodes, samples, timeDeltas, startTime }, from, to, glNames) {
  const byNode = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const own = new Map();
  let [at, gl] = [startTime, 0];
  samples.forEach((id, i) => {
    at += timeDeltas[i];
    if (at < from || at > to) return;
    const frame = byNode.get(id);
    const ms = (timeDeltas[i + 1] ?? 0) / 1000;
    if (frame.url === '' && glNames.has(frame.functionName)) gl += ms;
    const name = nameOf(frame);
    own.set(name, (own.get(name) ?? 0) + ms);
  });
  const most = [...own].sort((a, b) => b[1] - a[1]).slice(0, flags.profile ? 14 : 4);
  return { gl, most: most.map(([name, ms]) => `${ms.toFixed(1)} ${name}`) };
}

/** The main thread's tasks, with the step each was in. */
function tasksOf(events, profile, glNames) {
  const marks = events.filter(({ name }) => name.startsWith(MARK)).sort((a, b) => a.ts - b.ts);
  const [{ pid, tid, ts: began }] = marks;
  const tasks = events.filter(
    (one) => one.name === 'RunTask' && one.pid === pid && one.tid === tid && one.ts >= began,
  );
  // A task of no time at all is traced without its time.
  if (!tasks.some(({ tdur }) => tdur > 0))
    throw new Error('the browser traced no tasks, or not what they cost the processor');
  return tasks.flatMap(({ ts, dur, tdur = 0 }) => {
    const cpu = tdur / 1000;
    if (cpu < TOLD / 2) return [];
    const step = marks.findLast((mark) => mark.ts <= ts)?.name.slice(MARK.length);
    const { gl, most } = ran(profile, ts, ts + dur, glNames);
    return [{ step, script: Math.max(0, cpu - gl), cpu, wall: dur / 1000, gl, most }];
  });
}

async function measure(page) {
  const browser = page.context().browser();
  const session = await page.context().newCDPSession(page);
  const glNames = new Set(
    await page.evaluate(() => Object.getOwnPropertyNames(WebGL2RenderingContext.prototype)),
  );
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 500 });
  await browser.startTracing(page, { categories: TRACED });
  await session.send('Profiler.start');
  for (const [name, take] of Object.entries(STEPS)) {
    await page.evaluate((mark) => performance.mark(mark), MARK + name);
    await take(page);
  }
  const { profile } = await session.send('Profiler.stop');
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return tasksOf(traceEvents, profile, glNames);
}

const [width, height] = flags.viewport.split('x').map(Number);
const options = {
  people: Number(flags.people),
  viewport: { width, height },
  settings: { quality: flags.quality },
  prepare: [[watchWebGL, false]],
  isPainted: false,
};
const runs = [];
for (let run = 0; run < Number(flags.runs); run++) runs.push(await inCrowdedWorld(options, measure));

const longest = (tasks) => tasks.reduce((most, one) => Math.max(most, one.script), 0);
const steps = Object.keys(STEPS).map((step) => {
  const each = runs.map((tasks) => tasks.filter((task) => task.step === step));
  each.sort((a, b) => longest(a) - longest(b));
  const [best] = each;
  return { step, longest: longest(best), runs: each.map(longest), told: best };
});
const budget = Number(flags.budget);
const holds = steps.every((step) => step.longest <= budget);

if (flags.json) console.log(JSON.stringify(steps));
else {
  const ms = (value) => `${value.toFixed(0)} ms`;
  console.log(
    `hitches: ${flags.quality} quality, ${flags.people} people, best of ${runs.length}, ` +
      `processor time of tasks without WebGL, on ${cpus()[0]?.model}`,
  );
  for (const { step, longest: worst, runs: each, told } of steps) {
    console.log(`  ${step.padEnd(20)} ${ms(worst)} (runs: ${each.map(ms).join(', ')})`);
    for (const task of told.filter(({ script }) => script > TOLD))
      console.log(
        `    ${ms(task.script)}, WebGL ${ms(task.gl)}, on the clock ${ms(task.wall)}: ${task.most.join('; ')}`,
      );
  }
  console.log(holds ? `  none is over ${budget} ms` : `  OVER THE BUDGET of ${budget} ms`);
}
process.exitCode = holds ? 0 : 1;
