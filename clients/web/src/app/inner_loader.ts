import { FluxError } from '@flux/sdk';
import { loadOnce } from './load_once.ts';

/** Loads the part that lies over the world. */
export const loadInner = loadOnce(() =>
  import('./inner.ts').catch((cause: unknown) => {
    throw new FluxError('UNREACHABLE', 'A part of the client could not be loaded.', { cause });
  }),
);
