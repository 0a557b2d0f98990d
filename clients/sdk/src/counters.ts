/** What went over the connection since the client was made; rates are of the last few seconds. */
export interface Counters {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly frames: number;
  readonly moves: number;
  readonly events: number;
  readonly resets: number;
  readonly reconnects: number;
  /** Thousands of bytes a second. */
  readonly kilobytesInPerSecond: number;
  readonly kilobytesOutPerSecond: number;
  readonly framesPerSecond: number;
}
