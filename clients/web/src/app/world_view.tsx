import type { EntityId, FluxClient, WorldDocument, WorldPortal } from '@flux/sdk';
import { lookCode } from '@flux/sdk';
import { useEffect, useRef } from 'react';
import { hudStore } from '../hud/hud_store.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { readGuest } from './guest.ts';
import type { SceneHandle, ShellPadAction } from './scene_contract.ts';
import { loadStage } from './stage_loader.ts';

export interface WorldViewProps {
  readonly client: FluxClient;
  readonly world: WorldDocument;
  /** What the canvas is, for who cannot see it. */
  readonly label: string;
  readonly onMounted: (scene: SceneHandle | null) => void;
  readonly onPick: (id: EntityId) => void;
  readonly onPortal: (portal: WorldPortal) => void;
  readonly onPadAction: (action: ShellPadAction) => void;
  readonly onFailed: (error: unknown) => void;
  readonly onLost: () => void;
}

/** The canvas and the names above it: made once for a client, whatever else changes. */
export const WorldView = (props: WorldViewProps) => {
  const { client, world, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!canvas.current || !labels.current) return;
    return mount(canvas.current, labels.current, client, world, () => latest.current);
  }, [client, world]);

  return (
    <div className="world-view">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: keys walk in it. */}
      <canvas ref={canvas} tabIndex={0} role="application" aria-label={label} />
      <div ref={labels} className="labels" aria-hidden="true" />
    </div>
  );
};

// Returns what takes it down again, also when it is not up yet.
const mount = (
  canvas: HTMLCanvasElement,
  labels: HTMLDivElement,
  client: FluxClient,
  world: WorldDocument,
  props: () => WorldViewProps,
): (() => void) => {
  let scene: SceneHandle | null = null;
  let isGone = false;
  const pauseWhenHidden = (): void => scene?.setPaused(document.hidden);
  const start = async (): Promise<void> => {
    const { mountScene } = await loadStage();
    const mounted = await mountScene({
      canvas,
      labels,
      client,
      world,
      look: readGuest({ name: '', look: lookCode(0) }).look,
      settings: settingsStore,
      onPick: (id) => props().onPick(id),
      onPortal: (portal) => props().onPortal(portal),
      onPadAction: (action) => props().onPadAction(action),
      onSeat: (isSeatNear) => hudStore.setState({ isSeatNear }),
      onFollow: (following) => hudStore.setState({ following }),
      onLost: () => props().onLost(),
    });
    if (isGone) {
      mounted.dispose();
      return;
    }
    scene = mounted;
    props().onMounted(mounted);
  };
  start().catch((error: unknown) => {
    if (!isGone) props().onFailed(error);
  });
  document.addEventListener('visibilitychange', pauseWhenHidden);
  return () => {
    isGone = true;
    document.removeEventListener('visibilitychange', pauseWhenHidden);
    props().onMounted(null);
    scene?.dispose();
  };
};
