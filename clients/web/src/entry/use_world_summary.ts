import { FluxError, type WorldSummary } from '@flux/sdk';
import { useCallback, useEffect, useState } from 'react';
import { api, loadWorld } from '../app/api.ts';
import { asFluxError } from '../app/as_flux_error.ts';

const REFRESH_MS = 10_000;

type Answer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'known'; readonly summary: WorldSummary }
  | { readonly kind: 'failed'; readonly error: FluxError };

/** What the server says of a world: asked again now and then, as people come and go. */
export const useWorldSummary = (world: string | undefined) => {
  const [answer, setAnswer] = useState<Answer>({ kind: 'waiting' });

  const ask = useCallback(async (): Promise<void> => {
    try {
      setAnswer({ kind: 'known', summary: await findWorld(world) });
    } catch (error) {
      setAnswer({ kind: 'failed', error: asFluxError(error) });
    }
  }, [world]);

  useEffect(() => {
    void ask();
    const timer = setInterval(() => {
      if (!document.hidden) void ask();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [ask]);

  return { answer, ask };
};

// The list has its texts in one language, the document in all: and it is needed inside anyway.
const findWorld = async (world: string | undefined): Promise<WorldSummary> => {
  const summary = (await api.worlds()).find(({ id }) => id === world);
  if (!summary) throw new FluxError('NOT_FOUND', `There is no world '${world ?? ''}' here.`);
  const { name, description } = await loadWorld(summary.id);
  return { ...summary, name, description };
};
