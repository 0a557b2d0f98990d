import type { Counters } from './counters.ts';
import { RateMeter } from './rate_meter.ts';

/** Counts what goes over the connection. */
export class Traffic {
  readonly #nowMs: () => number;
  readonly #in: RateMeter;
  readonly #out: RateMeter;
  readonly #frameRate: RateMeter;
  #bytesIn = 0;
  #bytesOut = 0;
  #frames = 0;
  #moves = 0;
  #events = 0;
  #resets = 0;
  #reconnects = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#in = new RateMeter(nowMs());
    this.#out = new RateMeter(nowMs());
    this.#frameRate = new RateMeter(nowMs());
  }

  frameIn(bytes: number): void {
    this.#frames += 1;
    this.#frameRate.add(1, this.#nowMs());
    this.#received(bytes);
  }

  eventIn(bytes: number): void {
    this.#events += 1;
    this.#received(bytes);
  }

  moveOut(bytes: number): void {
    this.#moves += 1;
    this.out(bytes);
  }

  out(bytes: number): void {
    this.#bytesOut += bytes;
    this.#out.add(bytes, this.#nowMs());
  }

  reset(): void {
    this.#resets += 1;
  }

  reconnect(): void {
    this.#reconnects += 1;
  }

  read(): Counters {
    const nowMs = this.#nowMs();
    return {
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      frames: this.#frames,
      moves: this.#moves,
      events: this.#events,
      resets: this.#resets,
      reconnects: this.#reconnects,
      kilobytesInPerSecond: this.#in.perSecond(nowMs) / 1000,
      kilobytesOutPerSecond: this.#out.perSecond(nowMs) / 1000,
      framesPerSecond: this.#frameRate.perSecond(nowMs),
    };
  }

  #received(bytes: number): void {
    this.#bytesIn += bytes;
    this.#in.add(bytes, this.#nowMs());
  }
}
