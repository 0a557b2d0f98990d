import type { FluxError } from './flux_error.ts';

/** Where the connection stands. `closed` is final: make a new client to come in again. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | {
      readonly kind: 'reconnecting';
      /** Of this outage, from 1. */
      readonly attempt: number;
      /** When it is made, on the client's clock (performance.now() in a browser). */
      readonly retryAtMs: number;
    }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

export type CloseReason =
  /** leave() was called. */
  | { readonly kind: 'left' }
  /** Someone with the right to do so put us out. */
  | { readonly kind: 'kicked'; readonly message: string }
  /** The same person came in elsewhere, with our place. */
  | { readonly kind: 'elsewhere' }
  /** We broke the rules of the protocol, or were taken to. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Our place is too old to come back to: ask for a new ticket. */
  | { readonly kind: 'expired' }
  /** The codec failed, or something else that is our own fault. */
  | { readonly kind: 'failed'; readonly error: FluxError };
