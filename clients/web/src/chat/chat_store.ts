import type { ChatScope } from '@flux/sdk';
import { createStore } from 'zustand/vanilla';

export type ChatLine =
  | {
      readonly kind: 'said';
      readonly key: number;
      readonly name: string;
      readonly text: string;
      readonly scope: ChatScope;
      readonly at: number;
      readonly own: boolean;
    }
  /** Somebody came, went, waved. */
  | { readonly kind: 'note'; readonly key: number; readonly text: string };

export interface ChatState {
  readonly lines: readonly ChatLine[];
  readonly draft: string;
  readonly scope: ChatScope;
  /** Why the last message was not sent; '' when it was. */
  readonly refusal: string;
  /** What was sent and has not come back yet, oldest first: given back when it is refused. */
  readonly pending: readonly string[];
  /** Messages that came while the log was closed. */
  readonly unread: number;
  readonly isOpen: boolean;
}

// On a small screen the world comes first.
const startsOpen = (): boolean => !globalThis.matchMedia?.('(pointer: coarse)').matches;

export const chatStore = createStore<ChatState>(() => ({
  lines: [],
  draft: '',
  scope: 'near',
  refusal: '',
  pending: [],
  unread: 0,
  isOpen: startsOpen(),
}));
