import type { WorldText } from '@flux/sdk';
import type { Language } from '../settings/settings.ts';
import { type Catalogue, en } from './en.ts';

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as readonly Language[];

const LOADERS: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => en,
  ko: async () => (await import('./ko.ts')).ko,
};

const here = new Map<Language, Catalogue>([['en', en]]);

/** Brings a language's words here: nobody downloads a language they do not read. */
export const loadCatalogue = async (language: Language): Promise<Catalogue> => {
  const catalogue = here.get(language) ?? (await LOADERS[language]());
  here.set(language, catalogue);
  return catalogue;
};

/** The words of a language that is here; English, which always is, in place of one that did not come. */
export const catalogueOf = (language: Language): Catalogue => here.get(language) ?? en;

/** A world's own text in this language, or in English. */
export const worldText = (text: WorldText, language: Language): string => text[language] ?? text.en;
