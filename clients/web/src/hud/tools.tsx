import { POSE } from '@flux/sdk';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SceneHandle } from '../app/scene_contract.ts';
import { chatStore } from '../chat/chat_store.ts';
import { toggleChat } from '../chat/toggle_chat.ts';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { hudStore, toggleHud, togglePanel } from './hud_store.ts';
import { Tool } from './tool.tsx';

// One component for each thing a person can do: bars, clusters and sheets are made of them.

export const ChatTool = () => {
  const { chat: words } = useWords();
  const isOpen = useStore(chatStore, (chat) => chat.isOpen);
  const unread = useStore(chatStore, (chat) => chat.unread);
  return (
    <Tool icon="chat" label={words.title} hotkey="Enter" isOn={isOpen} onPress={toggleChat}>
      {unread > 0 && (
        <span className="badge">
          <span aria-hidden="true">{Math.min(unread, 99)}</span>
          <span className="hidden">{words.unread(unread)}</span>
        </span>
      )}
    </Tool>
  );
};

export const EmotesTool = () => {
  const { emote: words } = useWords();
  const isOpen = useStore(hudStore, (hud) => hud.isEmoteBarOpen);
  return (
    <Tool
      icon="emote"
      label={words.title}
      hotkey="G"
      isOn={isOpen}
      onPress={() => toggleHud('isEmoteBarOpen')}
    />
  );
};

export const HandTool = () => {
  const { hud: words } = useWords();
  const isRaised = useStore(hudStore, (hud) => hud.isHandRaised);
  return (
    <Tool
      icon="hand"
      label={words.hand}
      hotkey="H"
      isOn={isRaised}
      onPress={() => toggleHud('isHandRaised')}
    />
  );
};

export const SitTool = ({ scene }: { readonly scene: SceneHandle | null }) => {
  const { hud: words } = useWords();
  const isNear = useStore(hudStore, (hud) => hud.isSeatNear);
  const isSitting = useIsSitting(scene);
  return (
    <Tool
      icon="sit"
      label={isSitting ? words.stand : words.sit}
      hotkey="X"
      className={isNear && !isSitting ? 'inviting' : ''}
      onPress={() => scene?.toggleSitting()}
    />
  );
};

const SIT_REFRESH_MS = 300;

export const useIsSitting = (scene: SceneHandle | null): boolean => {
  const [isSitting, setSitting] = useState(false);
  useEffect(() => {
    const update = (): void => {
      const pose = scene?.self().pose;
      setSitting(pose === POSE.sit || pose === POSE.rest);
    };
    const timer = setInterval(update, SIT_REFRESH_MS);
    return () => clearInterval(timer);
  }, [scene]);
  return isSitting;
};

export const PhotoTool = () => {
  const { photo: words } = useWords();
  return (
    <Tool
      icon="photo"
      label={words.title}
      hotkey="C"
      onPress={() => hudStore.setState({ isPhotoMode: true, panel: null })}
    />
  );
};

export const PeopleTool = () => {
  const { people: words } = useWords();
  const isOpen = useStore(hudStore, ({ panel }) => panel === 'people');
  return (
    <Tool
      icon="people"
      label={words.title}
      hotkey="P"
      isOn={isOpen}
      onPress={() => togglePanel('people')}
    />
  );
};

export const InviteTool = () => {
  const { link: words } = useWords();
  const isOpen = useStore(hudStore, ({ panel }) => panel === 'link');
  return (
    <Tool
      icon="invite"
      label={words.title}
      hotkey="I"
      isOn={isOpen}
      onPress={() => togglePanel('link')}
    />
  );
};

export const SoundTool = () => {
  const { hud: words } = useWords();
  const isMuted = useStore(settingsStore, (settings) => settings.isMuted);
  return (
    <Tool
      icon={isMuted ? 'muted' : 'sound'}
      label={words.soundOn}
      hotkey="M"
      isOn={!isMuted}
      className="plain"
      onPress={() => settingsStore.setState({ isMuted: !isMuted })}
    />
  );
};

export const SettingsTool = () => {
  const { settings: words } = useWords();
  const isOpen = useStore(hudStore, ({ panel }) => panel === 'settings');
  return (
    <Tool
      icon="settings"
      label={words.title}
      hotkey="O"
      isOn={isOpen}
      onPress={() => togglePanel('settings')}
    />
  );
};

export const HelpTool = () => {
  const { help: words } = useWords();
  const isOpen = useStore(hudStore, ({ panel }) => panel === 'help');
  return (
    <Tool
      icon="help"
      label={words.title}
      hotkey="?"
      isOn={isOpen}
      onPress={() => togglePanel('help')}
    />
  );
};

export const StatsTool = () => {
  const { stats: words } = useWords();
  const isOpen = useStore(hudStore, (hud) => hud.isStatsOpen);
  return (
    <Tool
      icon="stats"
      label={words.title}
      hotkey="F"
      isOn={isOpen}
      onPress={() => toggleHud('isStatsOpen')}
    />
  );
};

export const LeaveTool = ({ onLeave }: { readonly onLeave: () => void }) => {
  const { hud: words } = useWords();
  return <Tool icon="leave" label={words.leave} className="leave" onPress={onLeave} />;
};

export const MoreTool = () => {
  const { hud: words } = useWords();
  const isOpen = useStore(hudStore, ({ panel }) => panel === 'more');
  return <Tool icon="more" label={words.menu} isOn={isOpen} onPress={() => togglePanel('more')} />;
};
