import { knowAllLetters } from '../app/letters.ts';
import type { Language } from '../settings/settings.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { loadCatalogue } from './catalogue.ts';

/** Speaks this language from now on, once its words are here. Without a network all stays as it was. */
export const chooseLanguage = (language: Language): void => {
  knowAllLetters();
  loadCatalogue(language).then(
    () => settingsStore.setState({ language }),
    () => undefined,
  );
};
