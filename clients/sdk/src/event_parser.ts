import { isServerErrorCode } from './error_code.ts';
import { type EntityId, entityId, lookCode } from './ids.ts';
import { isEmoteName } from './pose.ts';
import type { Profile } from './profile.ts';
import type { ChatScope, Place, ServerEvent } from './server_event.ts';

type Members = Readonly<Record<string, unknown>>;
type Reader = (members: Members) => ServerEvent | null;

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEntity = (value: unknown): value is number =>
  isNumber(value) && Number.isInteger(value) && value > 0 && value <= 0xffffff;

const readPlace = (at: unknown, yaw: unknown): Place | null => {
  if (!Array.isArray(at) || at.length !== 3 || !isNumber(yaw)) return null;
  const [x, y, z]: unknown[] = at;
  if (!isNumber(x) || !isNumber(y) || !isNumber(z)) return null;
  return { x: x / 100, y: y / 100, z: z / 100, yaw: yaw / 256 };
};

const readProfile = (value: unknown): Profile | null => {
  if (!isMembers(value) || !isEntity(value['id']) || !isText(value['name'])) return null;
  const look = value['look'];
  if (!isNumber(look)) return null;
  return { id: entityId(value['id']), name: value['name'], look: lookCode(look) };
};

const readScope = (value: unknown): ChatScope | null =>
  value === 'near' || value === 'all' ? value : null;

const READERS: Readonly<Record<string, Reader>> = {
  welcome: (members) => {
    const place = readPlace(members['at'], members['yaw']);
    const { you, instance, world, tick, token, people, resumed } = members;
    const { tick_ms: tickMs, speed_max_cm_s: speed, earshot_cm: earshot } = members;
    if (!place || !isEntity(you) || !isNumber(instance) || !isText(world)) return null;
    if (!isNumber(tick) || !isNumber(tickMs) || tickMs <= 0 || !isNumber(speed)) return null;
    if (!isNumber(earshot) || !isText(token) || !isNumber(people)) return null;
    return {
      kind: 'welcome',
      you: entityId(you),
      instance,
      world,
      tick,
      tickMs,
      place,
      speedMax: speed / 100,
      earshot: earshot / 100,
      resumed: resumed === true,
      token,
      people,
    };
  },

  profiles: ({ profiles, gone }) => {
    if (!Array.isArray(profiles)) return null;
    return {
      kind: 'profiles',
      profiles: profiles.map(readProfile).filter((profile) => profile !== null),
      gone: (Array.isArray(gone) ? gone : []).filter(isEntity) as EntityId[],
    };
  },

  chat: ({ id, name, scope, text, at }) => {
    const known = readScope(scope);
    if (!isEntity(id) || !isText(name) || !known || !isText(text) || !isNumber(at)) return null;
    return { kind: 'chat', id: entityId(id), name, scope: known, text, at };
  },

  emote: ({ id, emote }) =>
    isEntity(id) && isEmoteName(emote) ? { kind: 'emote', id: entityId(id), emote } : null,

  presence: ({ people }) => (isNumber(people) ? { kind: 'presence', people } : null),

  pong: ({ n, tick }) => (isNumber(n) && isNumber(tick) ? { kind: 'pong', n, tick } : null),

  correct: ({ sequence, at, yaw }) => {
    const place = readPlace(at, yaw);
    return place && isNumber(sequence) ? { kind: 'correct', sequence, place } : null;
  },

  token: ({ token }) => (isText(token) ? { kind: 'token', token } : null),

  error: ({ code, message, about }) => ({
    kind: 'error',
    code: isServerErrorCode(code) ? code : 'INTERNAL',
    message: isText(message) ? message : '',
    about: isText(about) ? about : undefined,
  }),

  drain: ({ reconnect_ms: reconnectMs }) =>
    isNumber(reconnectMs) && reconnectMs >= 0 ? { kind: 'drain', reconnectMs } : null,
};

/** Reads a text message. Null for what is not an event we know, and for one whose members are wrong. */
export const parseServerEvent = (text: string): ServerEvent | null => {
  const value = parseJson(text);
  if (!isMembers(value) || !isText(value['t']) || !Object.hasOwn(READERS, value['t'])) return null;
  return READERS[value['t']]?.(value) ?? null;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
