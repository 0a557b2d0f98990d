import { useStore } from 'zustand';
import { settingsStore } from '../settings/settings_store.ts';
import { catalogueOf } from './catalogue.ts';
import type { Catalogue } from './en.ts';

/** The words of the language the person chose. */
export const useWords = (): Catalogue =>
  catalogueOf(useStore(settingsStore, (settings) => settings.language));
