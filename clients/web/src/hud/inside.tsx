import type { EmoteName, WorldPortal } from '@flux/sdk';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import type { SceneHandle } from '../app/scene_contract.ts';
import { travel } from '../app/travel.ts';
import { type Visit, visitStore } from '../app/visit_store.ts';
import { WorldView } from '../app/world_view.tsx';
import { ChatPanel } from '../chat/chat_panel.tsx';
import { openChat } from '../chat/toggle_chat.ts';
import { worldText } from '../language/catalogue.ts';
import { useWords } from '../language/use_words.ts';
import { LinkPanel } from '../link/link_panel.tsx';
import { PeoplePanel } from '../presence/people_panel.tsx';
import { SettingsPanel } from '../settings/settings_panel.tsx';
import { settingsStore } from '../settings/settings_store.ts';
import { ConnectionBanner } from './connection_banner.tsx';
import { EmoteBar } from './emote_bar.tsx';
import { HelpPanel } from './help_panel.tsx';
import { hudStore } from './hud_store.ts';
import { PortalNotice } from './portal_notice.tsx';
import { SceneTrouble, type Trouble } from './scene_trouble.tsx';
import { StatsPanel } from './stats_panel.tsx';
import { Toasts } from './toasts.tsx';
import { Toolbar } from './toolbar.tsx';
import { TouchControls } from './touch_controls.tsx';
import { useKeyboardOwner } from './use_keyboard_owner.ts';
import { useShortcuts } from './use_shortcuts.ts';

type InsideVisit = Extract<Visit, { readonly kind: 'inside' }>;

const keepScene = (scene: SceneHandle | null): void =>
  visitStore.setState(({ visit }) =>
    visit.kind === 'inside' ? { visit: { ...visit, scene } } : {},
  );

/** The world with all that lies over it. */
export const Inside = ({ visit }: { readonly visit: InsideVisit }) => {
  const { client, world, scene, place } = visit;
  const words = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  const { panel, isStatsOpen, isEmoteBarOpen } = useStore(hudStore);
  const isTouch = useMemo(() => matchMedia('(pointer: coarse)').matches, []);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [portal, setPortal] = useState<WorldPortal | null>(null);
  const root = useRef<HTMLElement>(null);
  const chatInput = useRef<HTMLTextAreaElement>(null);

  const emote = useCallback(
    (name: EmoteName) => {
      if (client.emote(name)) scene?.playEmote(name);
    },
    [client, scene],
  );
  const speak = useCallback(() => {
    // At once: what is typed next must not be lost while it opens.
    flushSync(openChat);
    chatInput.current?.focus();
  }, []);
  const walk = useCallback(() => root.current?.querySelector('canvas')?.focus(), []);
  useShortcuts({ speak, emote, walk });
  useKeyboardOwner(scene);
  useEffect(() => {
    if (scene) walk();
  }, [scene, walk]);

  return (
    <main ref={root} className="inside" data-touch={isTouch}>
      <h1 className="hidden">{worldText(world.name, language)}</h1>
      <WorldView
        client={client}
        world={world}
        label={words.hud.world(worldText(world.name, language))}
        onMounted={keepScene}
        onPortal={(entered) => (travel(entered, client) ? undefined : setPortal(entered))}
        onFailed={(error) => setTrouble({ kind: 'failed', error })}
        onLost={() => setTrouble({ kind: 'lost' })}
      />
      <ConnectionBanner client={client} />
      <Toolbar client={client} />
      {isStatsOpen && <StatsPanel client={client} scene={scene} />}
      <ChatPanel client={client} input={chatInput} onDone={walk} />
      {isEmoteBarOpen && <EmoteBar onEmote={emote} />}
      {isTouch && scene && <TouchControls scene={scene} />}
      {panel === 'people' && <PeoplePanel client={client} scene={scene} />}
      {panel === 'settings' && <SettingsPanel />}
      {panel === 'help' && <HelpPanel />}
      {panel === 'link' && <LinkPanel place={place} />}
      {portal && <PortalNotice portal={portal} onClose={() => setPortal(null)} />}
      {trouble && <SceneTrouble trouble={trouble} />}
      <Toasts />
    </main>
  );
};
