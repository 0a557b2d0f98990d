import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const BINARY =
  process.env['FLUX_BINARY'] ?? resolve(import.meta.dirname, '../../build/flux');

const PATIENCE_MS = 15_000;

export interface FluxProcess {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly process: ChildProcess;
  /** What it wrote to stderr so far: a JSON object a line. */
  logs(): string;
  /** Sends the signal and waits for the end; the exit code, or the signal's name. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A folder to keep over restarts; without it one is made, and removed at stop(). */
  readonly data?: string;
  /** '127.0.0.1:0': a free port. */
  readonly listen?: string;
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'flux test '));

const ended = (child: ChildProcess): Promise<number | string> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      done(child.exitCode ?? child.signalCode ?? '');
      return;
    }
    child.once('exit', (code, signal) => done(code ?? signal ?? ''));
  });

/** Starts the binary and settles when it says that it is ready; `done` is called when it was stopped. */
const launch = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> | undefined,
  data: string,
  done: () => void,
): Promise<FluxProcess> => {
  const child = spawn(BINARY, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let logs = '';
  child.stderr.on('data', (part: Buffer) => {
    logs += part.toString();
  });
  const url = await new Promise<string>((ready, failed) => {
    let text = '';
    const timer = setTimeout(() => failed(new Error(`not ready in time: ${logs}`)), PATIENCE_MS);
    child.once('exit', (code) => failed(new Error(`ended with ${code}: ${logs}`)));
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      const said: { event: string; url: string } = JSON.parse(text.slice(0, end));
      if (said.event === 'ready') ready(said.url);
      else failed(new Error(`unexpected first line: ${text}`));
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    data,
    process: child,
    logs: () => logs,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const result = await ended(child);
      done();
      return result;
    },
  };
};

/** Starts `flux serve` and settles when it says that it is ready. */
export const startFlux = async (options: StartOptions = {}): Promise<FluxProcess> => {
  const data = options.data ?? temporaryFolder();
  const listen = options.listen ?? '127.0.0.1:0';
  const args = ['serve', '--listen', listen, '--data', data, ...(options.args ?? [])];
  return launch(args, options.env, data, () => {
    if (options.data === undefined) rmSync(data, { recursive: true, force: true });
  });
};

/** Starts `flux replay` on a free port; it has no data folder. */
export const startReplay = async (
  file: string,
  args: readonly string[] = [],
): Promise<FluxProcess> =>
  launch(['replay', file, '--listen', '127.0.0.1:0', ...args], undefined, '', () => {});

export interface RunResult {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the binary to its end. */
export const runFlux = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> => {
  const child = spawn(BINARY, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => {
    stdout += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    stderr += part.toString();
  });
  const code = await ended(child);
  return { code, stdout, stderr };
};
