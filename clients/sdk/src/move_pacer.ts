import type { MoveState } from './move_state.ts';
import { sameWireMove, toWireMove, type WireMove } from './wire_move.ts';

const INTERVAL_MS = 50; // docs/protocol.md section 3: at most 20 a second

export interface MovePacerOptions {
  readonly nowMs: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  /** False when there is no connection: the move is then forgotten. */
  readonly send: (sequence: number, move: WireMove) => boolean;
}

/**
 * Lets moves through only when they differ from the last one sent and no sooner than 50 ms after it.
 * Of what comes in between, the last is sent when its time has come, also when nobody calls again.
 */
export class MovePacer {
  readonly #options: MovePacerOptions;
  #sequence = 0;
  #sent: WireMove | null = null;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #waiting: WireMove | null = null;
  #cancel: (() => void) | null = null;

  constructor(options: MovePacerOptions) {
    this.#options = options;
  }

  get sequence(): number {
    return this.#sequence;
  }

  offer(state: MoveState): void {
    const move = toWireMove(state);
    if (this.#sent && sameWireMove(this.#sent, move)) {
      this.#forgetWaiting();
      return;
    }
    this.#waiting = move;
    const dueMs = this.#sentAtMs + INTERVAL_MS - this.#options.nowMs();
    if (dueMs <= 0) this.#send();
    else this.#cancel ??= this.#options.after(dueMs, () => this.#send());
  }

  /** Where the server says we are: what waited was from the wrong place. */
  correct(place: MoveState): void {
    this.#forgetWaiting();
    this.#sent = toWireMove(place);
  }

  /** After an outage: nothing is known to have arrived. */
  reset(): void {
    this.#forgetWaiting();
    this.#sent = null;
  }

  #send(): void {
    const move = this.#waiting;
    this.#forgetWaiting();
    if (!move) return;
    const sequence = (this.#sequence + 1) & 0xffff;
    if (!this.#options.send(sequence, move)) return;
    this.#sequence = sequence;
    this.#sent = move;
    this.#sentAtMs = this.#options.nowMs();
  }

  #forgetWaiting(): void {
    this.#waiting = null;
    this.#cancel?.();
    this.#cancel = null;
  }
}
