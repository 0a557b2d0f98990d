// places: which of a fixed number of places are taken. The lowest free one is given out, so that what is
// drawn, up to the highest taken, stays short.

export class Places {
  private readonly taken: Uint8Array;

  constructor(count: number) {
    this.taken = new Uint8Array(count);
  }

  /** -1 when all are taken. */
  take(): number {
    const place = this.taken.indexOf(0);
    if (place >= 0) this.taken[place] = 1;
    return place;
  }

  free(place: number): void {
    this.taken[place] = 0;
  }

  /** One more than the highest that is taken. */
  get end(): number {
    return this.taken.lastIndexOf(1) + 1;
  }
}
