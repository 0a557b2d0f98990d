import type { ErrorCode } from './error_code.ts';

export interface FluxErrorDetails {
  readonly cause?: unknown;
  /** How long the server asked us to wait. */
  readonly retryAfterMs?: number;
}

/** What a call of the sdk fails with. `message` is a sentence for a person, in English. */
export class FluxError extends Error {
  override readonly name = 'FluxError';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, details: FluxErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
  }
}
