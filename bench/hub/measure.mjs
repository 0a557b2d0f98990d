// One step: starts a system's server, sends its people in, and says what came of it. Everything that is started here
// is ended here, by its process id.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';

import { watchMemory } from './memory.mjs';

export const HZ_LEAST = 19;
// A move waits up to a tick, 50 ms, before any server of 20 Hz can tell of it. So 50 is what the best can just reach, and a
// little luck with the phase of the tick decides; 100 leaves a tick's time for everything else: there a server is at its end.
export const P99_MOST_MS = 50;
export const P99_END_MS = 100;
const START_MOST_MS = 20_000;
const END_MOST_MS = 8_000;
const LOAD_MOST_MS = 150_000;
const SWARM_MOST_MS = 300_000;

const running = new Set();
const endAll = () => {
  for (const child of running) child.kill('SIGKILL');
};
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const start = (command, args, logPath) => {
  const log = openSync(logPath, 'a');
  const child = spawn(command, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  running.add(child);
  child.ended = new Promise((resolve) => {
    child.on('error', resolve);
    child.on('exit', resolve);
  }).then(() => {
    running.delete(child);
    child.gone = true;
  });
  return child;
};

const end = async (child) => {
  child.kill('SIGTERM');
  await Promise.race([child.ended, pause(END_MOST_MS)]);
  if (!child.gone) child.kill('SIGKILL');
  await child.ended;
};

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

const untilListening = async (child, port, logPath) => {
  const until = Date.now() + START_MOST_MS;
  while (!child.gone && Date.now() < until) {
    if (await answers(port)) return;
    await pause(100);
  }
  const last = readFileSync(logPath, 'utf8').trim().split('\n').slice(-12).join('\n');
  throw new Error(`the server did not start (${logPath}):\n${last}`);
};

// Runs a load generator to its end; its one JSON object, or null when it printed none.
const runLoad = (command, args, mostMs, logPath) =>
  new Promise((resolve) => {
    const log = openSync(logPath, 'a');
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', log] });
    closeSync(log);
    running.add(child);
    let text = '';
    child.stdout.on('data', (bytes) => {
      text += bytes;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), mostMs);
    child.on('error', () => resolve(null));
    child.on('close', () => {
      clearTimeout(timer);
      running.delete(child);
      try {
        resolve(JSON.parse(text));
      } catch {
        resolve(null);
      }
    });
  });

const measureSwarm = async (port, people, seconds, logPath) => {
  const args = ['swarm', '--json', '--pattern', 'stadium', '--url', `http://127.0.0.1:${port}`];
  args.push('--clients', String(people), '--seconds', String(seconds));
  const report = await runLoad(process.env.FLUX_BINARY, args, SWARM_MOST_MS, logPath);
  if (!report) return null;
  const untrue = (report.missing ?? 0) + (report.wrong ?? 0) + (report.double ?? 0);
  return {
    hz: report.frames_per_s / people,
    bytes_per_person_s: report.bytes_per_client_per_s,
    p99_ms: report.latency_ms.p99,
    p50_ms: report.latency_ms.p50,
    cpu_us_per_frame: (report.server_cpu_s * 1e6) / (report.frames_per_s * seconds),
    server_cores: report.server_cpu_s / seconds,
    load_cores: report.swarm_cpu_s / seconds,
    load_waited: null,
    lost: people - report.clients_connected + report.disconnects,
    untrue,
  };
};

const measureLoad = async (system, port, pid, people, seconds, logPath) => {
  const args = ['--dialect', system.dialect, '--port', String(port), '--server-pid', String(pid)];
  args.push('--people', String(people), '--seconds', String(seconds));
  if (system.grouped) args.push('--grouped');
  const report = await runLoad(process.env.HUB_LOAD, args, LOAD_MOST_MS, logPath);
  if (!report) return null;
  return {
    hz: report.frames_per_person_s,
    bytes_per_person_s: report.bytes_per_person_s,
    p99_ms: report.latency_ms?.p99 ?? null,
    p50_ms: report.latency_ms?.p50 ?? null,
    cpu_us_per_frame: report.cpu_us_per_frame,
    server_cores: report.server_cores,
    load_cores: report.load_worked,
    load_waited: report.load_waited,
    lost: report.lost,
    untrue: 0,
  };
};

const whyBroken = (result) => {
  const why = [];
  if (result.lost > 0) why.push(`${result.lost} lost`);
  if (result.untrue > 0) why.push(`${result.untrue} missing or wrong`);
  if (!(result.hz >= HZ_LEAST)) why.push(`${result.hz.toFixed(1)} Hz`);
  if (result.p99_ms === null) why.push('no move was seen by a near person');
  else if (result.p99_ms > P99_END_MS) why.push(`p99 ${result.p99_ms.toFixed(0)} ms`);
  return why.join(', ');
};

export const measure = async (system, people, frameBytes, seconds) => {
  const port = await freePort();
  const logPath = `build/log/bench-hub-${system.name}.log`;
  const [command, args] = system.command(port, frameBytes);
  const server = start(command, args, logPath);
  try {
    await untilListening(server, port, logPath);
    const memoryEnd = watchMemory(server.pid);
    const result = system.swarm
      ? await measureSwarm(port, people, seconds, logPath)
      : await measureLoad(system, port, server.pid, people, seconds, logPath);
    const { userKb, kernelKb } = memoryEnd(people);
    if (!result) return { people, broken: `not everyone came in (${logPath})`, prompt: false };
    return {
      people,
      ...result,
      user_kb_per_person: userKb,
      kernel_kb_per_person: kernelKb,
      broken: whyBroken(result),
      prompt: whyBroken(result) === '' && result.p99_ms <= P99_MOST_MS,
    };
  } finally {
    await end(server);
    const data = args[args.indexOf('--data') + 1];
    if (system.swarm) rmSync(data, { recursive: true, force: true });
  }
};
