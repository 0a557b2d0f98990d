import { EMOTES, type EmoteName } from '@flux/sdk';

/** The upper row of the keyboard from 1 on, in the order of EMOTES. */
export const EMOTE_KEYS: readonly string[] = [...'1234567890-='];

/** Undefined: no emote is on this key. */
export const emoteOfKey = (key: string): EmoteName | undefined => EMOTES[EMOTE_KEYS.indexOf(key)];
