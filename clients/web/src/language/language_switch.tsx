import { useStore } from 'zustand';
import { settingsStore } from '../settings/settings_store.ts';
import { LANGUAGE_NAMES, LANGUAGES } from './catalogue.ts';
import { chooseLanguage } from './choose_language.ts';
import { useWords } from './use_words.ts';

/** One button a language, each in its own words. */
export const LanguageSwitch = () => {
  const words = useWords();
  const chosen = useStore(settingsStore, (settings) => settings.language);
  return (
    <fieldset className="choices language-switch">
      <legend className="hidden">{words.entry.language}</legend>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === chosen}
          onClick={() => chooseLanguage(language)}
        >
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </fieldset>
  );
};
