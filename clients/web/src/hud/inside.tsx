import type { EmoteName, EntityId, FluxClient, WorldPortal } from '@flux/sdk';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import type { SceneHandle, ShellPadAction } from '../app/scene_contract.ts';
import { travel } from '../app/travel.ts';
import { type Visit, visitStore } from '../app/visit_store.ts';
import { WorldView } from '../app/world_view.tsx';
import { openChat } from '../chat/toggle_chat.ts';
import { worldText } from '../language/catalogue.ts';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { hudStore, resetHud, toggleHud, togglePanel } from './hud_store.ts';
import { Overlay } from './overlay.tsx';
import { PhotoMode } from './photo_mode.tsx';
import { SceneTrouble, type Trouble } from './scene_trouble.tsx';
import { useKeyboardOwner } from './use_keyboard_owner.ts';
import { useShortcuts } from './use_shortcuts.ts';
import { useVisibleSize } from './use_visible_size.ts';
import { WorldLoading } from './world_loading.tsx';

export type InsideVisit = Extract<Visit, { readonly kind: 'inside' }>;

const keepScene = (scene: SceneHandle | null): void =>
  visitStore.setState(({ visit }) =>
    visit.kind === 'inside' ? { visit: { ...visit, scene } } : {},
  );

const pick = (client: FluxClient, person: EntityId): void => {
  if (person !== client.self) hudStore.setState({ panel: 'person', person });
};

/** The world with all that lies over it. */
export const Inside = ({ visit }: { readonly visit: InsideVisit }) => {
  const { client, world, scene } = visit;
  const words = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  const isPhotoMode = useStore(hudStore, (hud) => hud.isPhotoMode);
  const isTouch = useMemo(() => matchMedia('(pointer: coarse)').matches, []);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [portal, setPortal] = useState<WorldPortal | null>(null);
  const root = useRef<HTMLElement>(null);
  const chatInput = useRef<HTMLTextAreaElement>(null);
  const name = worldText(world.name, language);

  const emote = useEmote(client, scene);
  const speak = useCallback(() => {
    // At once: what is typed next must not be lost while it opens.
    flushSync(openChat);
    chatInput.current?.focus();
  }, []);
  const walk = useCallback(() => root.current?.querySelector('canvas')?.focus(), []);
  useShortcuts({ speak, emote, walk });
  useKeyboardOwner(scene);
  useVisibleSize(root);
  useHudInScene(client, scene);
  useEffect(() => {
    if (scene) walk();
  }, [scene, walk]);

  return (
    <main ref={root} className="inside" data-touch={isTouch} data-photo={isPhotoMode}>
      <WorldView
        client={client}
        world={world}
        label={words.hud.world(name)}
        onMounted={keepScene}
        onPick={(id) => pick(client, id)}
        onPortal={(entered) => {
          if (travel(entered, client)) scene?.playCue('portal');
          else setPortal(entered);
        }}
        onPadAction={(action) => pressPad(action, speak)}
        onFailed={(error) => setTrouble({ kind: 'failed', error })}
        onLost={() => setTrouble({ kind: 'lost' })}
      />
      {!scene && !trouble && <WorldLoading />}
      {isPhotoMode && scene ? (
        <PhotoMode scene={scene} world={name} isTouch={isTouch} onWalk={walk} />
      ) : (
        <Overlay
          visit={visit}
          isTouch={isTouch}
          chatInput={chatInput}
          portal={portal}
          onEmote={emote}
          onWalk={walk}
          onPortalClose={() => setPortal(null)}
        />
      )}
      {trouble && <SceneTrouble trouble={trouble} />}
    </main>
  );
};

// A raised hand stays up; the other emotes are over after a while.
const useEmote = (client: FluxClient, scene: SceneHandle | null) =>
  useCallback(
    (name: EmoteName): void => {
      if (name === 'hand') toggleHud('isHandRaised');
      else if (client.emote(name)) scene?.playEmote(name);
    },
    [client, scene],
  );

// What the store says is so in the scene: whoever changed it, by key, button, gamepad or script.
const useHudInScene = (client: FluxClient, scene: SceneHandle | null): void => {
  const isHandRaised = useStore(hudStore, (hud) => hud.isHandRaised);
  const isPhotoMode = useStore(hudStore, (hud) => hud.isPhotoMode);
  useEffect(() => resetHud, []);
  useEffect(() => {
    if (!scene || !isHandRaised) return;
    scene.setHand(true);
    client.emote('hand');
    return () => scene.setHand(false);
  }, [client, scene, isHandRaised]);
  useEffect(() => {
    if (!scene || !isPhotoMode) return;
    scene.setPhotoMode(true);
    return () => scene.setPhotoMode(false);
  }, [scene, isPhotoMode]);
};

const pressPad = (action: ShellPadAction, speak: () => void): void => {
  switch (action) {
    case 'chat':
      speak();
      break;
    case 'emotes':
      toggleHud('isEmoteBarOpen');
      break;
    case 'people':
      togglePanel('people');
      break;
    case 'menu':
      togglePanel('settings');
      break;
    case 'photo':
      toggleHud('isPhotoMode');
      break;
  }
};
