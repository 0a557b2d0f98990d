import { RingMedian } from './ring_median.ts';

const PING_INTERVAL_MS = 2000;
const SILENCE_MS = 6000;

export interface LivenessOptions {
  readonly nowMs: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly ping: (n: number) => void;
  /** Nothing came for so long after a ping that the network must be gone. */
  readonly lost: () => void;
}

/**
 * Measures the round trip, and notices a connection that died without a word: a browser may take
 * minutes to. Timers of hidden pages run late, so it is not the time that tells, but an unanswered ping.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #trips = new RingMedian(5);
  #cancel: (() => void) | null = null;
  #n = 0;
  #pingedAtMs: number | null = null;
  #heardAtMs = 0;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** Median round trip; NaN until measured. */
  get pingMs(): number {
    return this.#trips.value;
  }

  start(): void {
    this.stop();
    this.#pingedAtMs = null;
    this.#heardAtMs = this.#options.nowMs();
    this.#beat();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Anything came. */
  heard(): void {
    this.#heardAtMs = this.#options.nowMs();
  }

  pong(n: number): void {
    if (n !== this.#n || this.#pingedAtMs === null) return;
    this.#trips.add(this.#options.nowMs() - this.#pingedAtMs);
    this.#pingedAtMs = null;
  }

  #beat(): void {
    const nowMs = this.#options.nowMs();
    const unanswered = this.#pingedAtMs !== null && this.#heardAtMs <= this.#pingedAtMs;
    if (unanswered && nowMs - (this.#pingedAtMs ?? nowMs) >= SILENCE_MS) {
      this.stop();
      this.#options.lost();
      return;
    }
    this.#cancel = this.#options.after(PING_INTERVAL_MS, () => this.#beat());
    if (!unanswered) {
      this.#n = (this.#n + 1) % 1_000_000;
      this.#pingedAtMs = nowMs;
      this.#options.ping(this.#n);
    }
  }
}
