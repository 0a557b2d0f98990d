// frame_meter: how many frames a second, and what a frame costs the main thread.

const SAMPLES = 60;

export class FrameMeter {
  private readonly costs = new Float64Array(SAMPLES);
  private readonly sorted = new Float64Array(SAMPLES);
  private count = 0;
  private frames = 0;
  private windowStart = 0;
  fps = 0;

  /** Both in milliseconds; `now` is when the frame ended. */
  frame(cost: number, now: number): void {
    this.costs[this.count++ % SAMPLES] = cost;
    this.frames++;
    if (this.windowStart === 0) this.windowStart = now;
    if (now - this.windowStart < 1000) return;
    this.fps = (this.frames * 1000) / (now - this.windowStart);
    this.frames = 0;
    this.windowStart = now;
  }

  /** The median of the last frames. */
  get frameMs(): number {
    const count = Math.min(this.count, SAMPLES);
    if (count === 0) return 0;
    const sorted = this.sorted.subarray(0, count);
    sorted.set(this.costs.subarray(0, count));
    sorted.sort();
    return sorted[count >> 1] ?? 0;
  }
}
