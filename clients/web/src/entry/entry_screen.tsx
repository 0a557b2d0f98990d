import { useStore } from 'zustand';
import { goHome } from '../app/go_home.ts';
import type { Place } from '../app/place.ts';
import { worldText } from '../language/catalogue.ts';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { readDoorWords } from './door_words.ts';
import { Doorway } from './doorway.tsx';
import { EntryForm } from './entry_form.tsx';
import { ErrorNotice } from './error_notice.tsx';
import { useWorlds } from './use_worlds.ts';
import { WorldChooser } from './world_chooser.tsx';

/** The door: which world this is, who is there, who one wants to be, and in. */
export const EntryScreen = ({ place }: { readonly place: Place | null }) => {
  const words = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  const { answer, ask } = useWorlds(place?.world, language);
  const here = answer.kind === 'known' ? answer.worlds.here : null;
  const said = language === 'en' ? readDoorWords(place?.world) : null;
  const isMissing = answer.kind === 'failed' && answer.error.code === 'NOT_FOUND';
  return (
    <Doorway world={isMissing ? undefined : place?.world}>
      <section className="entry-world">
        <h1>{here ? worldText(here.name, language) : (said?.name ?? words.appName)}</h1>
        <p className="description">
          {here
            ? worldText(here.description, language)
            : (said?.description ?? words.entry.tagline)}
        </p>
        {answer.kind !== 'failed' && (
          <p className="people-count" data-waiting={!here}>
            {here ? words.entry.people(here.people) : words.entry.asking}
          </p>
        )}
        {answer.kind === 'failed' && (
          <ErrorNotice
            error={answer.error}
            onRetry={() => void ask()}
            {...(isMissing ? { onHome: goHome } : {})}
          />
        )}
        {answer.kind === 'known' && <WorldChooser worlds={answer.worlds.others} />}
      </section>
      {place && !isMissing && <EntryForm place={place} />}
    </Doorway>
  );
};
