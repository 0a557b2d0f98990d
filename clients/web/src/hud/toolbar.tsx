import type { FluxClient } from '@flux/sdk';
import { useStore } from 'zustand';
import { chatStore } from '../chat/chat_store.ts';
import { toggleChat } from '../chat/toggle_chat.ts';
import { useWords } from '../language/use_words.ts';
import { hudStore, togglePanel } from './hud_store.ts';
import { Icon, type IconName } from './icon.tsx';

/** The row of buttons. */
export const Toolbar = ({ client }: { readonly client: FluxClient }) => {
  const words = useWords();
  const { panel, isStatsOpen, isEmoteBarOpen } = useStore(hudStore);
  const isChatOpen = useStore(chatStore, (chat) => chat.isOpen);
  const unread = useStore(chatStore, (chat) => chat.unread);
  return (
    <nav className="toolbar" aria-label={words.hud.toolbar}>
      <Tool icon="chat" label={words.chat.title} isOn={isChatOpen} onPress={toggleChat}>
        {unread > 0 && (
          <span className="badge">
            <span aria-hidden="true">{Math.min(unread, 99)}</span>
            <span className="hidden">{words.chat.unread(unread)}</span>
          </span>
        )}
      </Tool>
      <Tool
        icon="emote"
        label={words.emote.title}
        isOn={isEmoteBarOpen}
        onPress={() => hudStore.setState({ isEmoteBarOpen: !isEmoteBarOpen })}
      />
      <Tool
        icon="people"
        label={words.people.title}
        isOn={panel === 'people'}
        onPress={() => togglePanel('people')}
      />
      <Tool
        icon="link"
        label={words.link.title}
        isOn={panel === 'link'}
        onPress={() => togglePanel('link')}
      />
      <Tool
        icon="settings"
        label={words.settings.title}
        isOn={panel === 'settings'}
        onPress={() => togglePanel('settings')}
      />
      <Tool
        icon="stats"
        label={words.stats.title}
        isOn={isStatsOpen}
        onPress={() => hudStore.setState({ isStatsOpen: !isStatsOpen })}
      />
      <Tool
        icon="help"
        label={words.help.title}
        isOn={panel === 'help'}
        onPress={() => togglePanel('help')}
      />
      <Tool icon="leave" label={words.hud.leave} onPress={() => client.leave()} />
    </nav>
  );
};

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly isOn?: boolean;
  readonly onPress: () => void;
  readonly children?: React.ReactNode;
}

const Tool = ({ icon, label, isOn, onPress, children }: ToolProps) => (
  <button
    type="button"
    className="tool"
    title={label}
    onClick={onPress}
    {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
  >
    <Icon name={icon} />
    <span className="hidden">{label}</span>
    {children}
  </button>
);
