import type { ChatEvent, ErrorCode, FluxClient } from '@flux/sdk';
import { words } from '../language/words.ts';
import { type ChatLine, chatStore } from './chat_store.ts';

const LINES_MAX = 200;
const PENDING_MAX = 10;
export const TEXT_CHARACTERS_MAX = 500;

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};

const add = (line: ChatLine): void =>
  chatStore.setState(({ lines, unread, isOpen }) => ({
    lines: [...lines, line].slice(-LINES_MAX),
    unread: isOpen || line.kind === 'note' ? unread : unread + 1,
  }));

export const addChat = ({ name, text, scope, at }: ChatEvent, own: boolean): void => {
  add({ kind: 'said', key: nextKey(), name, text, scope, at, own });
  if (own) chatStore.setState(({ pending }) => ({ pending: without(pending, text) }));
};

// The server cleans what it hears: compared as it would leave it.
const cleaned = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

const without = (pending: readonly string[], text: string): readonly string[] => {
  const index = pending.findIndex((sent) => cleaned(sent) === text);
  return index < 0 ? pending : pending.toSpliced(index, 1);
};

export const addNote = (text: string): void => add({ kind: 'note', key: nextKey(), text });

/** As the server counts: code points, not UTF-16 units. */
export const characterCount = (text: string): number => [...text].length;

export const sendDraft = (client: FluxClient): void => {
  const { draft, scope } = chatStore.getState();
  const text = draft.trim();
  if (text === '') return;
  if (characterCount(text) > TEXT_CHARACTERS_MAX) {
    chatStore.setState({ refusal: words().chat.tooLong });
  } else if (client.say(text, scope)) {
    chatStore.setState(({ pending }) => ({
      draft: '',
      pending: [...pending, text].slice(-PENDING_MAX),
      refusal: '',
    }));
  } else {
    chatStore.setState({ refusal: words().chat.notSent });
  }
};

/**
 * The server did not take what we said: it is given back, unless something new was begun. A refusal may
 * overtake the echo of what was said before it; what was said last is what went too far.
 */
export const refuseChat = (code: ErrorCode, message: string): void => {
  const refusal =
    code === 'RATE_LIMITED' ? words().chat.rateLimited : words().chat.refused(message);
  chatStore.setState(({ draft, pending }) => ({
    refusal,
    draft: draft === '' ? (pending.at(-1) ?? '') : draft,
    pending: pending.slice(0, -1),
  }));
};
