import { FluxError } from './flux_error.ts';

/** What build/wasm/flux_wire.wasm exports: see wire/wasm/README.md. Pointers are byte offsets. */
export interface WireExports {
  readonly memory: WebAssembly.Memory;
  flux_version(): number;
  flux_init(capacity: number): number;
  flux_capacity(): number;
  flux_reset(): void;
  flux_set_hold(level: number, ticks: number): void;
  flux_input(size: number): number;
  flux_apply(size: number, nowTick: number): number;
  flux_count(): number;
  flux_tick(): number;
  flux_epoch_tick(): number;
  flux_find(id: number): number;
  flux_cell_count(): number;
  flux_anomalies(): number;
  flux_membership_version(): number;
  flux_take_dirty(): number;
  flux_dirty_first(): number;
  flux_rows_id(): number;
  flux_rows_look(): number;
  flux_rows_kind(): number;
  flux_rows_pose(): number;
  flux_rows_flags(): number;
  flux_rows_level(): number;
  flux_rows_exact(): number;
  flux_rows_from(): number;
  flux_rows_to(): number;
  flux_rows_time(): number;
  flux_move_write(
    sequence: number,
    x: number,
    y: number,
    z: number,
    yaw: number,
    pose: number,
    flags: number,
  ): number;
  flux_move_read(size: number): number;
  flux_changes(size: number): number;
  flux_changes_words(): number;
}

const PROTOCOL_VERSION = 1;

/** The compiled codec. One module serves any number of clients: each makes its own instance. */
export class WireModule {
  readonly #module: WebAssembly.Module;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  static async compile(bytes: BufferSource): Promise<WireModule> {
    return new WireModule(await WebAssembly.compile(bytes));
  }

  /** Compiles while it comes in. The server must call it application/wasm. */
  static async compileStreaming(response: Promise<Response>): Promise<WireModule> {
    return new WireModule(await WebAssembly.compileStreaming(response));
  }

  async instantiate(): Promise<WireExports> {
    const instance = await WebAssembly.instantiate(this.#module, {});
    const wire = instance.exports as unknown as WireExports;
    const version = wire.flux_version();
    if (version !== PROTOCOL_VERSION) {
      throw new FluxError(
        'INTERNAL',
        `The codec speaks protocol ${version}, not ${PROTOCOL_VERSION}.`,
      );
    }
    return wire;
  }
}
