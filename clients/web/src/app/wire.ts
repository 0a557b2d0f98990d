import { WireModule } from '@flux/sdk';
import wireUrl from '@wire/flux_wire.wasm?url';
import { loadOnce } from './load_once.ts';

/** The codec, fetched and compiled. */
export const loadWire = loadOnce(() => WireModule.compileStreaming(fetch(wireUrl)));
