import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { EntryScreen } from '../entry/entry_screen.tsx';
import { GoneScreen } from '../entry/gone_screen.tsx';
import { worldText } from '../language/catalogue.ts';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { loadInner } from './inner_loader.ts';
import { visitStore } from './visit_store.ts';

const Inside = lazy(async () => ({ default: (await loadInner()).Inside }));

/** One of three screens: the door, the world, or outside again. */
export const App = () => {
  const words = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  const visit = useStore(visitStore, (state) => state.visit);

  useEffect(() => {
    const world = visit.kind === 'inside' ? `${worldText(visit.world.name, language)} · ` : '';
    document.title = `${world}${words.appName}`;
  }, [visit, language, words]);

  switch (visit.kind) {
    case 'entry':
      return <EntryScreen key={visit.place?.world} place={visit.place} />;
    case 'inside':
      return (
        <Suspense fallback={null}>
          <Inside key={`${visit.place.world} ${visit.place.instance}`} visit={visit} />
        </Suspense>
      );
    case 'gone':
      return <GoneScreen place={visit.place} reason={visit.reason} />;
  }
};
