import { settingsStore } from '../settings/settings_store.ts';
import { catalogueOf } from './catalogue.ts';
import type { Catalogue } from './en.ts';

/** As useWords(), for what is not a component. */
export const words = (): Catalogue => catalogueOf(settingsStore.getState().language);
