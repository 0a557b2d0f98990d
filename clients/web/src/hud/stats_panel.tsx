import type { FluxClient } from '@flux/sdk';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SceneHandle } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';

const REFRESH_MS = 500;

interface StatsPanelProps {
  readonly client: FluxClient;
  readonly scene: SceneHandle | null;
}

/** What the machine and the network do, twice a second. */
export const StatsPanel = ({ client, scene }: StatsPanelProps) => {
  const { stats: words } = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  const [, refresh] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => refresh((count) => count + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  const number = (value: number | undefined, digits = 0): string =>
    value === undefined || Number.isNaN(value)
      ? '–'
      : value.toLocaleString(language, { maximumFractionDigits: digits });
  const drawn = scene?.stats();
  const traffic = client.counters;
  const rows: readonly (readonly [string, string])[] = [
    [words.fps, number(drawn?.fps)],
    [words.frame, words.milliseconds(number(drawn?.frameMs, 1))],
    [words.ping, words.milliseconds(number(client.pingMs))],
    [words.jitter, words.milliseconds(number(client.jitterMs))],
    [words.known, number(client.picture.count)],
    [words.drawn, number(drawn?.drawn)],
    [words.calls, number(drawn?.drawCalls)],
    [words.triangles, number(drawn?.triangles)],
    [words.down, words.rate(number(traffic.kilobytesInPerSecond, 1))],
    [words.up, words.rate(number(traffic.kilobytesOutPerSecond, 1))],
  ];
  return (
    <section className="stats-panel glass" aria-label={words.title}>
      <dl className="rows">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
