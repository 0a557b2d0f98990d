// @vitest-environment happy-dom
import { type ChatEvent, entityId, type FluxClient } from '@flux/sdk';
import { beforeEach, expect, test } from 'vitest';
import { addChat, refuseChat, sendDraft } from './chat_actions.ts';
import { chatStore } from './chat_store.ts';

let isOnline: boolean;
let said: string[];

const client = {
  say: (text: string) => {
    if (isOnline) said.push(text);
    return isOnline;
  },
} as unknown as FluxClient;

const say = (draft: string): void => {
  chatStore.setState({ draft });
  sendDraft(client);
};
const echo = (text: string): ChatEvent => ({
  kind: 'chat',
  id: entityId(1),
  name: 'Ada',
  scope: 'near',
  text,
  at: 0,
});

beforeEach(() => {
  isOnline = true;
  said = [];
  chatStore.setState(chatStore.getInitialState());
});

test('what is said is sent trimmed, and nothing when there is nothing', () => {
  say('  hello  ');
  say('   ');
  expect(said).toEqual(['hello']);
  expect(chatStore.getState()).toMatchObject({ pending: ['hello'], refusal: '' });
});

test('what comes back is no longer pending, also when the server cleaned it', () => {
  say('one  two');
  addChat(echo('one two'), true);
  expect(chatStore.getState().pending).toEqual([]);
});

test('of many messages the last is given back, though refusals overtake echoes', () => {
  for (const text of ['one', 'two', 'three', 'four']) say(text);
  refuseChat('RATE_LIMITED', '');
  addChat(echo('one'), true);
  refuseChat('RATE_LIMITED', '');
  addChat(echo('two'), true);
  const { draft, pending, refusal } = chatStore.getState();
  expect(draft).toBe('four');
  expect(pending).toEqual([]);
  expect(refusal).not.toBe('');
});

test('what was begun since is not overwritten', () => {
  say('one');
  chatStore.setState({ draft: 'two' });
  refuseChat('RATE_LIMITED', '');
  expect(chatStore.getState().draft).toBe('two');
});

test('too long, or without a connection, it stays in the field', () => {
  say('가'.repeat(501));
  expect(chatStore.getState().draft).toHaveLength(501);
  isOnline = false;
  say('hello');
  expect(chatStore.getState()).toMatchObject({ draft: 'hello', pending: [] });
  expect(said).toEqual([]);
});

test('the log keeps the last 200 lines', () => {
  for (let line = 0; line < 250; line += 1) addChat(echo(`${line}`), false);
  expect(chatStore.getState().lines).toHaveLength(200);
  expect(chatStore.getState().lines[0]).toMatchObject({ text: '50' });
});
