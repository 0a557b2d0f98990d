import { type LookCode, lookCode } from '@flux/sdk';
import { browserMemory } from './browser_memory.ts';

/** Who the person wants to be: remembered for the next time. */
export interface Guest {
  readonly name: string;
  readonly look: LookCode;
}

const KEY = 'flux.guest';

export const readGuest = (otherwise: Guest, saved = browserMemory.read(KEY)): Guest => {
  try {
    const value = JSON.parse(saved ?? 'null') as Partial<Record<keyof Guest, unknown>> | null;
    return {
      name: typeof value?.name === 'string' ? value.name : otherwise.name,
      look: Number.isInteger(value?.look) ? lookCode(Number(value?.look)) : otherwise.look,
    };
  } catch {
    return otherwise;
  }
};

export const rememberGuest = (guest: Guest): void =>
  browserMemory.write(KEY, JSON.stringify(guest));

export const NAME_CHARACTERS_MAX = 32;

/** As docs/protocol.md section 5.3 will leave it, nearly: what is empty after that is refused. */
export const cleanName = (name: string): string =>
  name.normalize('NFC').replace(/\s+/gu, ' ').trim();
