import { type ChildProcess, spawn } from 'node:child_process';
import {
  BINARY,
  type FluxProcess,
  startFlux,
  temporaryFolder,
} from '../integration/flux_process.ts';

/** A server that can go away and come back at the same address, with what it had on disk. */
export class Server {
  readonly #data = temporaryFolder();
  #process: FluxProcess | null = null;
  #swarm: ChildProcess | null = null;
  #listen = '127.0.0.1:0';
  url = '';

  async start(): Promise<void> {
    this.#process = await startFlux({
      data: this.#data,
      listen: this.#listen,
      args: ['--no-address-limits', '--drain-seconds', '1', '--reconnect-ms', '200'],
    });
    this.url = this.#process.url;
    this.#listen = new URL(this.url).host;
  }

  /** Sends simulated people into the plaza, until the server stops. */
  fill(people: number): void {
    const flags = ['--url', this.url, '--clients', `${people}`, '--seconds', '3600'];
    this.#swarm = spawn(BINARY, ['swarm', ...flags, '--check', '1'], { stdio: 'ignore' });
  }

  /** 'SIGKILL' for a server that says nothing before it goes. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const running = this.#process;
    this.#process = null;
    this.#swarm?.kill();
    this.#swarm = null;
    await running?.stop(signal);
  }
}
