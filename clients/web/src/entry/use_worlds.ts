import { FluxError, type WorldSummary } from '@flux/sdk';
import { useCallback, useEffect, useState } from 'react';
import { api, loadWorld } from '../app/api.ts';
import { asFluxError } from '../app/as_flux_error.ts';
import type { Language } from '../settings/settings.ts';

const REFRESH_MS = 10_000;
const OTHERS_MAX = 6;

export interface KnownWorlds {
  readonly here: WorldSummary;
  readonly others: readonly WorldSummary[];
}

type Answer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'known'; readonly worlds: KnownWorlds }
  | { readonly kind: 'failed'; readonly error: FluxError };

/** What the server says of its worlds: asked again now and then, and as soon as a lost network is back. */
export const useWorlds = (world: string | undefined, language: Language) => {
  const [answer, setAnswer] = useState<Answer>({ kind: 'waiting' });

  const ask = useCallback(async (): Promise<void> => {
    try {
      setAnswer({ kind: 'known', worlds: await findWorlds(world, language) });
    } catch (error) {
      setAnswer({ kind: 'failed', error: asFluxError(error) });
    }
  }, [world, language]);

  useEffect(() => {
    const again = (): void => void ask();
    again();
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, REFRESH_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [ask]);

  return { answer, ask };
};

const findWorlds = async (world: string | undefined, language: Language): Promise<KnownWorlds> => {
  const list = await api.worlds();
  const here = list.find(({ id }) => id === world);
  if (!here) throw new FluxError('NOT_FOUND', `There is no world '${world ?? ''}' here.`);
  const others = list.filter(({ id }) => id !== world).slice(0, OTHERS_MAX);
  // The list has its texts in English, a document in all languages. Our own is needed inside anyway.
  const ours = describe(here);
  if (language !== 'en')
    return { here: await ours, others: await Promise.all(others.map(describe)) };
  ours.catch(() => undefined); // entering asks again, and says so then
  return { here, others };
};

const describe = async (summary: WorldSummary): Promise<WorldSummary> => {
  const { name, description } = await loadWorld(summary.id);
  return { ...summary, name, description };
};
