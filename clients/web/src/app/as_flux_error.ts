import { FluxError } from '@flux/sdk';

/** Whatever was thrown, as something that can be shown. */
export const asFluxError = (cause: unknown): FluxError =>
  cause instanceof FluxError ? cause : new FluxError('INTERNAL', String(cause), { cause });
