import type { LookCode } from '@flux/sdk';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../language/use_words.ts';
import { mountAvatarPreview, type AvatarPreview as Preview } from '../people/preview.ts';
import { Portrait } from '../presence/portrait.tsx';
import { settingsStore } from '../settings/settings_store.ts';

const IDLE_MS = 1200; // the longest wait for a page that never rests

/** When the door is there and answers: what only pleases comes after. Entering does not wait for this. */
const pageIsQuiet = async (): Promise<void> => {
  if (document.readyState !== 'complete')
    await new Promise((done) => addEventListener('load', done, { once: true }));
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis)
    await new Promise((done) => requestIdleCallback(done, { timeout: IDLE_MS }));
};

interface AvatarPreviewProps {
  readonly look: LookCode;
  /** Who is on their way in needs the machine for that: what does not turn yet need not begin to. */
  readonly isLeaving: boolean;
}

/** The avatar, turning: as soon as what draws it has come. Until then, and without it, a portrait. */
export const AvatarPreview = ({ look, isLeaving }: AvatarPreviewProps) => {
  const words = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const latestLook = useRef(look);
  latestLook.current = look;
  const leaving = useRef(isLeaving);
  leaving.current = isLeaving;
  const reducedMotion = useStore(settingsStore, (settings) => settings.reducedMotion);

  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    let mounted: Preview | null = null;
    let isGone = false;
    const start = async (): Promise<void> => {
      await pageIsQuiet();
      if (isGone || leaving.current) return;
      mounted = await mountAvatarPreview(target, latestLook.current, reducedMotion);
      if (isGone) mounted.dispose();
      else setPreview(mounted);
    };
    // A machine that cannot draw it says so when one enters; the door stays usable.
    start().catch(() => undefined);
    return () => {
      isGone = true;
      setPreview(null);
      mounted?.dispose();
    };
  }, [reducedMotion]);

  useEffect(() => preview?.set(look), [preview, look]);

  return (
    <div className="avatar-preview" data-ready={preview !== null}>
      <Portrait look={look} />
      <canvas
        key={String(reducedMotion)}
        ref={canvas}
        role="img"
        aria-label={words.entry.preview}
      />
    </div>
  );
};
