import { createStore } from 'zustand/vanilla';
import { browserMemory } from '../app/browser_memory.ts';
import { guessLanguage } from '../language/guess_language.ts';
import { readSettings, type SavedSettings } from './read_settings.ts';
import { type Motion, PAD_DEFAULT, type Settings, type SettingsStore } from './settings.ts';

const KEY = 'flux.settings';

const systemMotion = matchMedia('(prefers-reduced-motion: reduce)');

const isReduced = (motion: Motion): boolean =>
  motion === 'system' ? systemMotion.matches : motion === 'reduced';

const load = (): Settings => {
  const saved = readSettings(browserMemory.read(KEY), {
    language: guessLanguage(navigator.languages),
    quality: 'auto',
    cameraSmoothing: 0.5,
    fieldOfView: 55,
    motion: 'system',
    volume: 0.7,
    isMuted: false,
    clickToWalk: true,
    pad: PAD_DEFAULT,
  });
  return { ...saved, reducedMotion: isReduced(saved.motion) };
};

const save = ({ reducedMotion: _, ...saved }: Settings): void =>
  browserMemory.write(KEY, JSON.stringify(saved satisfies SavedSettings));

const applyToPage = (settings: Settings): void => {
  document.documentElement.lang = settings.language;
  document.documentElement.dataset['motion'] = settings.reducedMotion ? 'reduced' : 'full';
};

/** The person's settings: saved at every change, and applied to the page. */
export const settingsStore: SettingsStore = createStore<Settings>(load);

const settle = (): void => {
  const settings = settingsStore.getState();
  const reducedMotion = isReduced(settings.motion);
  if (settings.reducedMotion !== reducedMotion) settingsStore.setState({ reducedMotion });
};

applyToPage(settingsStore.getState());
systemMotion.addEventListener('change', settle);
settingsStore.subscribe((settings) => {
  applyToPage(settings);
  save(settings);
  settle();
});
