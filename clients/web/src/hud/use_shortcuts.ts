import { EMOTES, type EmoteName } from '@flux/sdk';
import { useEffect } from 'react';
import { chatStore } from '../chat/chat_store.ts';
import { hudStore, togglePanel } from './hud_store.ts';

export interface ShortcutActions {
  readonly speak: () => void;
  readonly emote: (name: EmoteName) => void;
  /** Back to the world. */
  readonly walk: () => void;
}

/** The shell's keys. Those that move are the scene's; whoever types has all keys for themselves. */
export const useShortcuts = ({ speak, emote, walk }: ShortcutActions): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') {
        closeSomething();
        walk();
        return;
      }
      if (isTyping(event.target) || (event.key === 'Enter' && isPressable(event.target))) return;
      const action = actionOf(event.key, { speak, emote });
      if (!action || event.repeat) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [speak, emote, walk]);
};

const actionOf = (
  key: string,
  { speak, emote }: Pick<ShortcutActions, 'speak' | 'emote'>,
): (() => void) | null => {
  switch (key.toLowerCase()) {
    case 'enter':
      return speak;
    case '?':
      return () => togglePanel('help');
    case 'p':
      return () => togglePanel('people');
    case 'o':
      return () => togglePanel('settings');
    case 'f':
      return () => hudStore.setState(({ isStatsOpen }) => ({ isStatsOpen: !isStatsOpen }));
    default: {
      const name = /^[0-9]$/.test(key) ? EMOTES[(Number(key) + 9) % 10] : undefined;
      return name ? () => emote(name) : null;
    }
  }
};

const closeSomething = (): void => {
  if (hudStore.getState().panel) hudStore.setState({ panel: null });
  else chatStore.setState({ refusal: '' });
};

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=radio], [type=range]), textarea, select');

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('button, a, input, summary');
