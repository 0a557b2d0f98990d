// make bench-hub: every system of systems.mjs up its ladder of people, until it breaks; then the table, the plot and
// build/bench/hub.json. bench/hub/README.md defines the work. ONLY=flux,bare picks systems, PEOPLE=500,1000 steps.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';

import { HZ_LEAST, measure, P99_END_MS, P99_MOST_MS } from './measure.mjs';
import { plot } from './plot.mjs';
import { systems } from './systems.mjs';
import { table } from './table.mjs';

const JSON_PATH = 'build/bench/hub.json';
// A run of some systems or steps must not take the place of a whole one.
const OUT = process.env.HUB_PART ? 'build/bench/hub-part' : 'build/bench/hub';
const LADDER = [50, 100, 175, 250, 375, 500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000, 6000, 8000];
const SECONDS = Number(process.env.MEASURE_SECONDS || 6);
const MINUTES_MOST = 20;
const TICKS_A_SECOND = 20;
const FRAME_BYTES_PRESET = 728; // sixty records and their header: what the peers send
const WEBSOCKET_HEADER_BYTES = 4;
const FLOWING = 0.75; // of a core that a load generator may wait before it is not to be believed

const began = Date.now();
const minutes = () => (Date.now() - began) / 60_000;

const wantedSystems = () => {
  const only = (process.env.ONLY || '').split(',').filter((name) => name);
  for (const name of only) {
    if (!systems.some((system) => system.name === name)) {
      throw new Error(`ONLY: "${name}" is none of ${systems.map((system) => system.name).join(', ')}`);
    }
  }
  return systems.filter((system) => only.length === 0 || only.includes(system.name));
};

const wantedSteps = () => {
  const steps = (process.env.PEOPLE || '').split(',').filter((step) => step);
  for (const step of steps) {
    if (!/^\d+$/.test(step) || Number(step) < 1 || Number(step) > 19_000) {
      throw new Error(`PEOPLE: "${step}" is not a number of people from 1 to 19000`);
    }
  }
  return steps.map(Number).sort((a, b) => a - b);
};

// What Flux sent in a frame to one of so many people: from its nearest step.
const fluxFrameBytes = (rows, people) => {
  const steps = rows.find((row) => row.system === 'flux')?.steps.filter((step) => step.hz > 0) ?? [];
  if (steps.length === 0) return { bytes: FRAME_BYTES_PRESET, from: 'preset' };
  const nearest = steps.reduce((best, step) =>
    Math.abs(step.people - people) < Math.abs(best.people - people) ? step : best,
  );
  const bytes = Math.round(nearest.bytes_per_person_s / nearest.hz) - WEBSOCKET_HEADER_BYTES;
  return { bytes: Math.max(bytes, 8), from: `flux at ${nearest.people}` };
};

const tell = (system, step) => {
  const numbers = step.hz
    ? `${step.hz.toFixed(1)} Hz, p99 ${step.p99_ms?.toFixed(0) ?? '-'} ms, ${step.cpu_us_per_frame?.toFixed(1) ?? '-'} us a frame, ` +
      `server ${(100 * step.server_cores).toFixed(0)} % and load ${(100 * step.load_cores).toFixed(0)} % of a core`
    : '';
  const waited = step.load_waited > FLOWING * (1 - step.load_cores) ? ', the load generator waited for a core' : '';
  console.log(`  ${system.name} ${step.people}: ${numbers}${waited}${step.broken ? ` -> broke: ${step.broken}` : ''}`);
};

// A step that breaks, or is not prompt where the one below was, is tried once more: neither what else this machine does
// nor the phase of a tick must decide.
const tryStep = async (system, people, rows, promptBelow) => {
  const frame = fluxFrameBytes(rows, people);
  let step;
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const again = await measure(system, people, frame.bytes, SECONDS);
    if (system.grouped) again.frame_bytes_from = frame.from;
    tell(system, again);
    if (!step || step.broken || again.prompt) step = again;
    if (step.prompt || !(step.broken || promptBelow)) break;
  }
  return step;
};

const climb = async (system, ladder, rows, steps) => {
  for (const people of ladder) {
    if (minutes() > MINUTES_MOST) {
      console.log(`  ${system.name}: not raised further, ${MINUTES_MOST} minutes are over`);
      return;
    }
    const step = await tryStep(system, people, rows, steps.at(-1)?.prompt ?? true);
    steps.push(step);
    if (step.broken) return;
  }
};

// From where its ladder begins: up until it breaks; when that is at once, down until it holds.
const search = async (system, rows) => {
  const steps = [];
  const chosen = wantedSteps();
  const fluxHeld = rows.find((row) => row.system === 'flux')?.people_borne;
  if (chosen.length > 0) {
    await climb(system, chosen, rows, steps);
    return steps;
  }
  // The bare loop is measured where Flux stands, too, so that the two can be compared at one size.
  const own = system.name === 'bare' && fluxHeld > 0 ? [fluxHeld, ...LADDER] : LADDER;
  const rungs = [...new Set(own)].sort((a, b) => a - b);
  const begins = Math.min(system.begins, system.name === 'bare' && fluxHeld > 0 ? fluxHeld : Infinity);
  await climb(system, rungs.filter((people) => people >= begins), rows, steps);
  if (steps.length === 1 && steps[0].broken) {
    for (const people of rungs.filter((rung) => rung < begins).reverse()) {
      steps.unshift(await tryStep(system, people, rows, false));
      if (!steps[0].broken || minutes() > MINUTES_MOST) break;
    }
  }
  return steps;
};

const rowOf = (system, version, steps) => {
  const bore = steps.filter((step) => !step.broken).at(-1);
  const prompt = steps.filter((step) => step.prompt).at(-1);
  const held = prompt ?? bore; // whose costs are shown
  return {
    system: system.name,
    version,
    people_held: prompt?.people ?? 0,
    people_borne: bore?.people ?? 0,
    costs_at: held?.people ?? null,
    cpu_us_per_frame: held?.cpu_us_per_frame ?? null,
    bytes_per_person_s: held?.bytes_per_person_s ?? null,
    kb_per_person: held ? held.user_kb_per_person + held.kernel_kb_per_person : null,
    user_kb_per_person: held?.user_kb_per_person ?? null,
    kernel_kb_per_person: held?.kernel_kb_per_person ?? null,
    p99_ms: held?.p99_ms ?? null,
    broke_at: steps.find((step) => step.broken && step.people > (bore?.people ?? 0)) ?? null,
    leaves_out: system.leavesOut,
    steps,
  };
};

// A system that cannot be had here is a row that says so, and no numbers.
const absentRow = (system, error) => ({
  ...rowOf(system, 'not installable here', []),
  people_held: null,
  people_borne: null,
  absent: String(error.message).split('\n').at(0),
});

const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memory_gb: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  load_before: Number(loadavg()[0].toFixed(2)),
});

const readBefore = () => (existsSync(JSON_PATH) ? JSON.parse(readFileSync(JSON_PATH, 'utf8')).rows : []);

const about = machine();
console.log(`Machine: ${about.cpu}, ${about.cores} cores, Linux ${about.kernel}; load before: ${about.load_before}`);
if (about.load_before > 0.7) console.log('Beware: this machine is busy with other things; what is measured now is too low');
mkdirSync('build/bench', { recursive: true });
const rows = [];
// Alone, the bare loop is given what Flux sent in the last run.
const before = readBefore().filter((row) => row.system === 'flux');
for (const system of wantedSystems()) {
  console.log(`${system.name}:`);
  let version;
  try {
    version = system.version();
    const known = rows.some((row) => row.system === 'flux') ? rows : [...before, ...rows];
    rows.push(rowOf(system, version, await search(system, known)));
  } catch (error) {
    console.log(`  ${system.name} IS NOT INSTALLABLE HERE, or does not start: ${error.message}`);
    rows.push(absentRow(system, error));
  }
}
const result = {
  machine: about,
  commit: process.env.FLUX_COMMIT || 'unknown',
  when: new Date().toISOString(),
  work: { hz: TICKS_A_SECOND, hz_least: HZ_LEAST, p99_most_ms: P99_MOST_MS, p99_end_ms: P99_END_MS, seconds: SECONDS, moving: 0.4, moves_s: 10 },
  versions: Object.fromEntries(rows.map((row) => [row.system, row.version])),
  rows,
};
writeFileSync(`${OUT}.json`, `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(`${OUT}.svg`, plot(result));
console.log(`\n${table(result)}`);
console.log(`${OUT}.json and ${OUT}.svg written in ${minutes().toFixed(1)} minutes`);
