import type { FluxClient } from '@flux/sdk';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../language/use_words.ts';
import { connectionStore } from './connection_store.ts';
import { Icon } from './icon.tsx';

/** Says that the connection is lost, when it is tried again, and lets one try now. */
export const ConnectionBanner = ({ client }: { readonly client: FluxClient }) => {
  const { connection: words } = useWords();
  const state = useStore(connectionStore, (connection) => connection.state);
  const seconds = useSecondsUntil(state.kind === 'reconnecting' ? state.retryAtMs : null);
  if (state.kind !== 'reconnecting') return null;
  return (
    <div className="banner glass" role="alert">
      <Icon name="away" />
      <strong>{words.lost}</strong>
      {/* Counted down for the eye only: read out each second it would drown everything else. */}
      <span aria-hidden="true">{seconds > 0 ? words.retryIn(seconds) : words.trying}</span>
      <button type="button" className="chosen" onClick={() => client.retryNow()}>
        {words.retryNow}
      </button>
    </div>
  );
};

const useSecondsUntil = (atMs: number | null): number => {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (atMs === null) return;
    setNowMs(performance.now());
    const timer = setInterval(() => setNowMs(performance.now()), 200);
    return () => clearInterval(timer);
  }, [atMs]);
  return atMs === null ? 0 : Math.max(0, Math.ceil((atMs - nowMs) / 1000));
};
