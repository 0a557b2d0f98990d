const GAIN = 0.1; // of a measured error, into the mean
const PULL = 0.03; // of the mean error, into the speed: slow enough against GAIN not to swing
const SLEW_MAX = 0.05; // time never runs more than this faster or slower than it should
const JUMP_TICKS = 20; // further off than this is not jitter: start again
const OUTLIER_TICKS = 4; // one late burst counts no more than this

/**
 * A smooth estimate of the server's tick from the frames that arrive. Frames come late and in bursts;
 * what is drawn must not. So the clock runs by itself at the server's pace, and what arrives only bends
 * its speed a little. It never goes back, except when it starts again.
 */
export class TickClock {
  #tickMs: number;
  #atMs = 0;
  #tick = Number.NaN;
  #rate = 1;
  #error = 0;
  #jitterTicks = 0;

  constructor(tickMs = 50) {
    this.#tickMs = tickMs;
  }

  get isSet(): boolean {
    return !Number.isNaN(this.#tick);
  }

  /** How unevenly frames arrive: the mean distance from when they should, in milliseconds. */
  get jitterMs(): number {
    return this.#jitterTicks * this.#tickMs;
  }

  get jitterTicks(): number {
    return this.#jitterTicks;
  }

  /** Starts anew: after a welcome, when a different server may speak. */
  reset(tick: number, tickMs: number, nowMs: number): void {
    this.#tickMs = tickMs;
    this.#atMs = nowMs;
    this.#tick = tick;
    this.#rate = 1;
    this.#error = 0;
  }

  /** A frame of `tick` arrived. Ticks wrap at 2^32: the difference is what counts. */
  observe(tick: number, nowMs: number): void {
    if (!this.isSet) {
      this.reset(tick, this.#tickMs, nowMs);
      return;
    }
    const now = this.at(nowMs);
    const error = signedDifference(tick, now);
    if (Math.abs(error) > JUMP_TICKS) {
      this.reset(tick, this.#tickMs, nowMs);
      return;
    }
    const bounded = Math.max(-OUTLIER_TICKS, Math.min(OUTLIER_TICKS, error));
    this.#error += (bounded - this.#error) * GAIN;
    this.#jitterTicks += (Math.abs(bounded - this.#error) - this.#jitterTicks) * GAIN;
    this.#tick = now;
    this.#atMs = nowMs;
    this.#rate = 1 + Math.max(-SLEW_MAX, Math.min(SLEW_MAX, this.#error * PULL));
  }

  /** The tick at that moment, fractional. 0 before anything is known. */
  at(nowMs: number): number {
    if (!this.isSet) return 0;
    return this.#tick + (Math.max(0, nowMs - this.#atMs) / this.#tickMs) * this.#rate;
  }
}

const signedDifference = (tick: number, now: number): number => {
  const whole = Math.floor(now);
  return ((tick - whole) | 0) - (now - whole);
};
