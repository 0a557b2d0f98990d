import type { EmoteName } from '@flux/sdk';
import { useEffect } from 'react';
import { chatStore } from '../chat/chat_store.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { emoteOfKey } from './emote_keys.ts';
import { closePanel, hudStore, toggleHud, togglePanel } from './hud_store.ts';

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
      // The photo's own keys are in photo_mode.tsx; who assigns a gamepad's button cancels by Escape.
      if (hudStore.getState().isPhotoMode || event.defaultPrevented) return;
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

const ACTIONS: Readonly<Record<string, () => void>> = {
  '?': () => togglePanel('help'),
  p: () => togglePanel('people'),
  i: () => togglePanel('link'),
  o: () => togglePanel('settings'),
  f: () => toggleHud('isStatsOpen'),
  g: () => toggleHud('isEmoteBarOpen'),
  h: () => toggleHud('isHandRaised'),
  m: () => settingsStore.setState(({ isMuted }) => ({ isMuted: !isMuted })),
  c: () => hudStore.setState({ isPhotoMode: true, panel: null }),
};

const actionOf = (
  key: string,
  { speak, emote }: Pick<ShortcutActions, 'speak' | 'emote'>,
): (() => void) | null => {
  if (key === 'Enter') return speak;
  const name = emoteOfKey(key);
  if (name) return () => emote(name);
  return ACTIONS[key.toLowerCase()] ?? null;
};

const closeSomething = (): void => {
  const { panel, isEmoteBarOpen } = hudStore.getState();
  if (panel) closePanel();
  else if (isEmoteBarOpen) hudStore.setState({ isEmoteBarOpen: false });
  else chatStore.setState({ refusal: '' });
};

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=radio], [type=range], [type=checkbox]), textarea, select');

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('button, a, input, summary');
