import { FluxError } from '@flux/sdk';

type Inner = typeof import('./inner.ts');

let loading: Promise<Inner> | null = null;

/** Loads the part that lies over the world once. After a failure the next call tries again. */
export const loadInner = (): Promise<Inner> => {
  loading ??= import('./inner.ts').catch((cause: unknown) => {
    loading = null;
    throw new FluxError('UNREACHABLE', 'A part of the client could not be loaded.', { cause });
  });
  return loading;
};
