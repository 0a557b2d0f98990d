const BUCKET_MS = 500;
const BUCKETS = 6;

/** How much a second, over the last three seconds. */
export class RateMeter {
  readonly #buckets = new Float64Array(BUCKETS);
  #bucket = 0;
  #startMs: number;

  constructor(nowMs: number) {
    this.#startMs = nowMs;
  }

  add(amount: number, nowMs: number): void {
    this.#advance(nowMs);
    const index = this.#bucket % BUCKETS;
    this.#buckets[index] = (this.#buckets[index] ?? 0) + amount;
  }

  perSecond(nowMs: number): number {
    this.#advance(nowMs);
    let sum = 0;
    for (const amount of this.#buckets) sum += amount;
    const fullBuckets = Math.min(this.#bucket, BUCKETS - 1);
    const inBucketMs = nowMs - this.#startMs - this.#bucket * BUCKET_MS;
    const spanMs = fullBuckets * BUCKET_MS + inBucketMs;
    // Too little time says nothing yet, and must not divide by next to nothing.
    return (sum * 1000) / Math.max(spanMs, BUCKET_MS);
  }

  #advance(nowMs: number): void {
    const bucket = Math.floor((nowMs - this.#startMs) / BUCKET_MS);
    const stale = Math.min(bucket - this.#bucket, BUCKETS);
    for (let step = 1; step <= stale; step += 1) this.#buckets[(this.#bucket + step) % BUCKETS] = 0;
    if (stale === BUCKETS) this.#buckets.fill(0);
    this.#bucket = Math.max(bucket, this.#bucket);
  }
}
