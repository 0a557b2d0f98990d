import { FluxError } from './flux_error.ts';
import type { DirtyRows, PictureView } from './picture_view.ts';
import type { WireExports } from './wire_module.ts';

const INPUT_BYTES = 2 << 20;

/**
 * The picture in the codec's memory. That memory must never grow, or every view would be torn from it:
 * so the rows and the largest message are made room for at the start, and a larger message is refused.
 */
export class WirePicture implements PictureView {
  readonly capacity: number;
  readonly id: Uint32Array;
  readonly look: Uint32Array;
  readonly kind: Uint8Array;
  readonly pose: Uint8Array;
  readonly flags: Uint8Array;
  readonly level: Uint8Array;
  readonly exact: Int32Array;
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly time: Float32Array;

  readonly #wire: WireExports;
  readonly #input: Uint8Array;
  readonly #dirty: DirtyRows = { first: 0, last: 0 };

  constructor(wire: WireExports, capacity: number) {
    if (wire.flux_init(capacity) !== 1 || wire.flux_input(INPUT_BYTES) === 0) {
      throw new FluxError('INTERNAL', `There is no memory for ${capacity} people.`);
    }
    this.#wire = wire;
    this.capacity = capacity;
    const { buffer } = wire.memory;
    this.id = new Uint32Array(buffer, wire.flux_rows_id(), capacity);
    this.look = new Uint32Array(buffer, wire.flux_rows_look(), capacity);
    this.kind = new Uint8Array(buffer, wire.flux_rows_kind(), capacity);
    this.pose = new Uint8Array(buffer, wire.flux_rows_pose(), capacity);
    this.flags = new Uint8Array(buffer, wire.flux_rows_flags(), capacity);
    this.level = new Uint8Array(buffer, wire.flux_rows_level(), capacity);
    this.exact = new Int32Array(buffer, wire.flux_rows_exact(), 4 * capacity);
    this.from = new Float32Array(buffer, wire.flux_rows_from(), 4 * capacity);
    this.to = new Float32Array(buffer, wire.flux_rows_to(), 4 * capacity);
    this.time = new Float32Array(buffer, wire.flux_rows_time(), 2 * capacity);
    this.#input = new Uint8Array(buffer, wire.flux_input(INPUT_BYTES), INPUT_BYTES);
  }

  get count(): number {
    return this.#wire.flux_count();
  }

  get tick(): number {
    return this.#wire.flux_tick() >>> 0;
  }

  get epochTick(): number {
    return this.#wire.flux_epoch_tick() >>> 0;
  }

  get membershipVersion(): number {
    return this.#wire.flux_membership_version() >>> 0;
  }

  get cellCount(): number {
    return this.#wire.flux_cell_count();
  }

  get anomalies(): number {
    return this.#wire.flux_anomalies();
  }

  find(id: number): number {
    return this.#wire.flux_find(id);
  }

  takeDirty(): DirtyRows | null {
    const count = this.#wire.flux_take_dirty();
    if (count === 0) return null;
    this.#dirty.first = this.#wire.flux_dirty_first();
    this.#dirty.last = this.#dirty.first + count;
    return this.#dirty;
  }

  /** Takes in a frame. False: it is not valid or does not follow: ask for a resync. */
  apply(message: ArrayBuffer, nowTick: number): boolean {
    if (message.byteLength > INPUT_BYTES) return false;
    this.#wire.flux_input(message.byteLength);
    this.#input.set(new Uint8Array(message));
    return this.#wire.flux_apply(message.byteLength, nowTick) === 0;
  }

  setHold(level: number, ticks: number): void {
    this.#wire.flux_set_hold(level, ticks);
  }

  reset(): void {
    this.#wire.flux_reset();
  }
}
