import type { OpenSocket } from './socket.ts';
import { openWebSocket } from './socket.ts';

/** What the client takes from the world around it, so that tests can hand it a simulated one. */
export interface Environment {
  /** Milliseconds from any start; never goes back. */
  readonly nowMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Runs once, later; returns how to call it off. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly openSocket: OpenSocket;
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/** Browsers, and Node 22. */
export const hostEnvironment: Environment = {
  nowMs: () => performance.now(),
  random: () => Math.random(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  openSocket: openWebSocket,
  fetch: (url, init) => fetch(url, init),
};
