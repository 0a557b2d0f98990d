import './timeline.css';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { settingsStore } from '../settings/settings_store.ts';
import { clockText } from './clock_text.ts';
import { timelineWords } from './timeline_words.ts';

interface Standing {
  readonly at: number;
  readonly duration: number;
  readonly speed: number;
  readonly paused: boolean;
}

const ASK_MS = 1000;
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

/** Where the replay stands, and the means to steer it. All who watch share one timeline. */
export const Timeline = () => {
  const words = timelineWords[useStore(settingsStore, (settings) => settings.language)];
  const [standing, setStanding] = useState<Standing | null>(null);
  const [trouble, setTrouble] = useState<'refused' | 'lost' | null>(null);

  const ask = useCallback(async (order?: Partial<Standing>): Promise<void> => {
    const init = order && {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...order, duration: undefined }),
    };
    try {
      const response = await fetch('/v1/replay', init);
      if (response.ok) setStanding((await response.json()) as Standing);
      if (order || !response.ok)
        setTrouble(response.ok ? null : response.status === 401 ? 'refused' : 'lost');
    } catch {
      setTrouble('lost');
    }
  }, []);

  useEffect(() => {
    void ask();
    const timer = setInterval(() => {
      if (!document.hidden) void ask();
    }, ASK_MS);
    return () => clearInterval(timer);
  }, [ask]);

  if (!standing) return null;
  const { at, duration, speed, paused } = standing;
  return (
    <section className="timeline" aria-label={words.label}>
      <button type="button" onClick={() => void ask({ paused: !paused })}>
        {paused ? words.play : words.pause}
      </button>
      <input
        type="range"
        min={0}
        max={duration}
        step={0.05}
        value={at}
        aria-label={words.position}
        aria-valuetext={clockText(at)}
        onChange={(event) => void ask({ at: event.currentTarget.valueAsNumber })}
      />
      <span>
        {clockText(at)} / {clockText(duration)}
      </span>
      <select
        value={speed}
        aria-label={words.speed}
        onChange={(event) => void ask({ speed: Number(event.currentTarget.value) })}
      >
        {[...new Set([...SPEEDS, speed])].map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
      {trouble && <p role="alert">{words[trouble]}</p>}
    </section>
  );
};
