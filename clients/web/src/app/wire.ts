import { WireModule } from '@flux/sdk';
import wireUrl from '@wire/flux_wire.wasm?url';

let loading: Promise<WireModule> | null = null;

/** The codec, fetched and compiled once. After a failure the next call tries again. */
export const loadWire = (): Promise<WireModule> => {
  loading ??= WireModule.compileStreaming(fetch(wireUrl)).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
};
