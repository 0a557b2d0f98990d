import type { WorldText } from '@flux/sdk';
import type { Language } from '../settings/settings.ts';
import { type Catalogue, en } from './en.ts';
import { ko } from './ko.ts';

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ko };

export const LANGUAGES = Object.keys(CATALOGUES) as readonly Language[];

/** A world's own text in this language, or in English. */
export const worldText = (text: WorldText, language: Language): string => text[language] ?? text.en;
