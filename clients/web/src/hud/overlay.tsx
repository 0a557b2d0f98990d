import type { EmoteName, WorldPortal } from '@flux/sdk';
import { lazy, type RefObject, Suspense } from 'react';
import { useStore } from 'zustand';
import { ChatPanel } from '../chat/chat_panel.tsx';
import { ChatPeek } from '../chat/chat_peek.tsx';
import { chatStore } from '../chat/chat_store.ts';
import { worldText } from '../language/catalogue.ts';
import { LinkPanel } from '../link/link_panel.tsx';
import { PeoplePanel } from '../presence/people_panel.tsx';
import { PersonPanel } from '../presence/person_panel.tsx';
import { SettingsPanel } from '../settings/settings_panel.tsx';
import { settingsStore } from '../settings/settings_store.ts';
import { ConnectionBanner } from './connection_banner.tsx';
import { EmoteBar } from './emote_bar.tsx';
import { HelpPanel } from './help_panel.tsx';
import { hudStore } from './hud_store.ts';
import type { InsideVisit } from './inside.tsx';
import { MorePanel } from './more_panel.tsx';
import { PlaceChip } from './place_chip.tsx';
import { PortalNotice } from './portal_notice.tsx';
import { Prompts } from './prompts.tsx';
import { StatsPanel } from './stats_panel.tsx';
import { Toasts } from './toasts.tsx';
import { CornerBar, Toolbar, TouchCornerBar } from './toolbar.tsx';
import { TouchControls } from './touch_controls.tsx';

const Timeline = lazy(async () => ({
  default: (await import('../replay/timeline.tsx')).Timeline,
}));

interface OverlayProps {
  readonly visit: InsideVisit;
  readonly isTouch: boolean;
  readonly chatInput: RefObject<HTMLTextAreaElement | null>;
  /** One that leads to another server, and that one stands in. */
  readonly portal: WorldPortal | null;
  readonly onEmote: (name: EmoteName) => void;
  /** Back to the world. */
  readonly onWalk: () => void;
  readonly onPortalClose: () => void;
}

/** All that lies over the world while one is in it: corners, foot, chat, and one panel at a time. */
export const Overlay = (props: OverlayProps) => {
  const { visit, isTouch, chatInput, portal, onEmote, onWalk, onPortalClose } = props;
  const { client, scene, world, place } = visit;
  const language = useStore(settingsStore, (settings) => settings.language);
  const { panel, person, isStatsOpen, isEmoteBarOpen } = useStore(hudStore);
  const isChatOpen = useStore(chatStore, (chat) => chat.isOpen);
  const name = worldText(world.name, language);
  const leave = (): void => client.leave();
  return (
    <div className="overlay" data-panel={panel ?? 'none'} data-chat={isChatOpen}>
      <PlaceChip name={name} />
      {isTouch ? <TouchCornerBar /> : <CornerBar onLeave={leave} />}
      {isStatsOpen && <StatsPanel client={client} scene={scene} />}
      <ChatPanel client={client} input={chatInput} isTouch={isTouch} onDone={onWalk} />
      {!isChatOpen && <ChatPeek />}
      {isTouch && scene && <TouchControls scene={scene} />}
      <div className="foot">
        <Prompts client={client} scene={scene} isTouch={isTouch} />
        {isEmoteBarOpen && <EmoteBar onEmote={onEmote} />}
        {!isTouch && <Toolbar scene={scene} />}
      </div>
      {panel === 'people' && <PeoplePanel client={client} scene={scene} />}
      {panel === 'person' && person !== null && (
        <PersonPanel key={person} client={client} scene={scene} id={person} onEmote={onEmote} />
      )}
      {panel === 'settings' && <SettingsPanel />}
      {panel === 'help' && <HelpPanel isTouch={isTouch} />}
      {panel === 'link' && <LinkPanel place={place} world={name} />}
      {panel === 'more' && <MorePanel onLeave={leave} />}
      <div className="head">
        {'x-replay' in world && (
          <Suspense>
            <Timeline />
          </Suspense>
        )}
        <ConnectionBanner client={client} />
        {portal && <PortalNotice portal={portal} onClose={onPortalClose} />}
        <Toasts />
      </div>
    </div>
  );
};
