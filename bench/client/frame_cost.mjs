// frame_cost: what a frame costs the page's main thread in a full plaza.
//
//   FLUX_BINARY=build/flux node bench/client/frame_cost.mjs [--people 1000] [--quality high] [--profile]
//
// The graphics card's time does not count, and where there is none its work would take both cores and every
// cache. So draw calls do nothing here (a card of endless speed; --draw lets them work), every other WebGL
// call is timed, and what is left of the frame's callback is JavaScript's own: simulation, people, labels,
// three.js. Messages from the server are decoded between frames: their time is told apart and added as a
// frame's share at 60 a second. Ends with 1 when the median of both together is over the budget.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { watchWebGL } from './card.mjs';
import { inCrowdedWorld } from './crowded_world.mjs';

const { values: flags } = parseArgs({
  options: {
    people: { type: 'string', default: '1000' },
    quality: { type: 'string', default: 'high' },
    // What is drawn does not change script's share; a software renderer takes seconds for a large one.
    viewport: { type: 'string', default: '480x270' },
    frames: { type: 'string', default: '600' },
    budget: { type: 'string', default: '6' },
    profile: { type: 'boolean', default: false },
    draw: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

// Runs in the page before its own scripts, after watchWebGL.
function watchFrames() {
  const costs = { frame: [], gl: [], messages: 0 };
  window.frameCosts = costs;
  const { get, set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    get,
    set(listener) {
      set.call(this, (event) => {
        const start = performance.now();
        listener.call(this, event);
        costs.messages += performance.now() - start;
      });
    },
  });
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      window.webglMs = 0;
      const start = performance.now();
      callback(now);
      const whole = performance.now() - start;
      // React and others ask for frames of their own; the scene's is the one that draws.
      if (window.webglMs === 0) return;
      costs.frame.push(whole - window.webglMs);
      costs.gl.push(window.webglMs);
    });
}

const at = (list, share) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const spread = (list) => ({
  median: Number(at(list, 0.5).toFixed(2)),
  p95: Number(at(list, 0.95).toFixed(2)),
});

/** Self time of the busiest functions, from CDP's profiler. */
function busiest({ nodes, samples, timeDeltas }, frames) {
  const byNode = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map();
  samples.forEach((id, i) => {
    const { functionName, url, lineNumber } = byNode.get(id).callFrame;
    const name = `${functionName || '(anonymous)'} ${url.split('/').pop()}:${lineNumber + 1}`;
    own.set(name, (own.get(name) ?? 0) + timeDeltas[i] / 1000);
  });
  const sorted = [...own].sort((a, b) => b[1] - a[1]).slice(0, 40);
  return sorted.map(([name, ms]) => `${(ms / frames).toFixed(3)} ms  ${name}`);
}

async function measure(page) {
  // Always the same view: from the south, over the fountain, to the portal.
  await page.evaluate(() => window.flux.walkTo(0, 9).catch(() => undefined));
  const session = await page.context().newCDPSession(page);
  // First frames compile shaders and send what does not change.
  const count = () => page.evaluate(() => window.frameCosts.frame.length);
  const wait = (more) =>
    page.waitForFunction((until) => window.frameCosts.frame.length >= until, more, {
      polling: 200,
      timeout: 900_000,
    });
  await wait((await count()) + (flags.draw ? 20 : 200));
  if (flags.profile) {
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: 100 });
    await session.send('Profiler.start');
  }
  const state = () =>
    page.evaluate(() => ({
      costs: window.frameCosts,
      now: performance.now(),
      scene: window.flux.scene,
      known: window.flux.peers().length,
      place: window.flux.self,
    }));
  const before = await state();
  const first = before.costs.frame.length;
  await wait(first + Number(flags.frames));
  const profile = flags.profile ? (await session.send('Profiler.stop')).profile : null;
  const { costs, now, scene, known, place } = await state();
  const since = (list) => list.slice(first);
  const frame = since(costs.frame);
  if (profile) console.log(busiest(profile, frame.length).join('\n'));
  const messages = (costs.messages - before.costs.messages) / (((now - before.now) / 1000) * 60);
  return {
    frames: frame.length,
    perSecond: Math.round((frame.length / (now - before.now)) * 1000),
    script: spread(frame),
    messages: Number(messages.toFixed(2)),
    both: spread(frame.map((ms) => ms + messages)),
    webgl: spread(since(costs.gl)),
    drawCalls: scene.drawCalls,
    triangles: scene.triangles,
    known,
    drawn: scene.drawn,
    near: scene.near,
    at: [Math.round(place.x), Math.round(place.z)],
  };
}

const [width, height] = flags.viewport.split('x').map(Number);
const result = await inCrowdedWorld(
  {
    people: Number(flags.people),
    viewport: { width, height },
    settings: { quality: flags.quality },
    isPainted: flags.draw,
    prepare: [
      [watchWebGL, flags.draw],
      [watchFrames],
    ],
  },
  measure,
);

const budget = Number(flags.budget);
const holds = result.both.median <= budget;
if (flags.json) console.log(JSON.stringify(result));
else {
  const line = (what, { median, p95 }) => `  ${what.padEnd(34)} ${median} ms, p95 ${p95} ms`;
  console.log(
    [
      `frame_cost: ${flags.quality} quality, ${flags.viewport}, ${result.known} people known, ` +
        `${result.near} near, ${result.drawn} drawn, on ${cpus()[0]?.model}`,
      line('script of a frame', result.script),
      `  ${'messages, a share of 1/60 s'.padEnd(34)} ${result.messages} ms`,
      line(`both (budget ${budget} ms)`, result.both),
      line('WebGL calls, not counted', result.webgl),
      `  ${result.drawCalls} draw calls, ${result.triangles} triangles, ${result.frames} frames, ` +
        `${result.perSecond} a second`,
      holds ? '  the budget holds' : '  OVER THE BUDGET',
    ].join('\n'),
  );
}
process.exitCode = holds ? 0 : 1;
