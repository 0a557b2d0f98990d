import type { Language } from '../settings/settings.ts';

/** The first of the browser's languages that we speak, or English. */
export const guessLanguage = (wanted: readonly string[]): Language => {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'ko') return language;
  }
  return 'en';
};
