import type { CloseReason } from './connection_state.ts';

/** What a closed connection asks of us. */
export type CloseMeaning =
  | { readonly kind: 'come_back' }
  /** The ticket or place token is no longer good: ask for a new one. */
  | { readonly kind: 'new_ticket' }
  | { readonly kind: 'end'; readonly reason: CloseReason };

/** docs/protocol.md section 5.4. What is not listed there is a lost network. */
export const closeMeaning = (code: number, reason: string): CloseMeaning => {
  switch (code) {
    case 1000:
      return { kind: 'end', reason: { kind: 'left' } };
    case 1002:
    case 1003:
    case 1007:
    case 1009:
    case 4400:
    case 4429:
      return { kind: 'end', reason: { kind: 'refused', message: reason } };
    case 4401:
    case 4404:
      return { kind: 'new_ticket' };
    case 4403:
      return { kind: 'end', reason: { kind: 'kicked', message: reason } };
    case 4409:
      return { kind: 'end', reason: { kind: 'elsewhere' } };
    default:
      return { kind: 'come_back' };
  }
};
