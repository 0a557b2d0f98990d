import type { WorldSummary } from '@flux/sdk';
import type { MouseEvent } from 'react';
import { useStore } from 'zustand';
import { placePath } from '../app/place.ts';
import { visitStore } from '../app/visit_store.ts';
import { worldPicture } from '../app/world_picture.ts';
import { worldText } from '../language/catalogue.ts';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from '../settings/settings_store.ts';

/** The doors of the other worlds of this server: links, so that they open in a new tab as links do. */
export const WorldChooser = ({ worlds }: { readonly worlds: readonly WorldSummary[] }) => {
  const words = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  if (worlds.length === 0) return null;
  return (
    <nav className="worlds" aria-label={words.entry.worlds}>
      {worlds.map(({ id, name, people }) => (
        <a
          key={id}
          className="world-link glass"
          href={placePath({ world: id, instance: undefined })}
          onClick={(event) => goTo(event, id)}
        >
          <img
            src={worldPicture(id)}
            alt=""
            width="72"
            height="48"
            loading="lazy"
            onError={({ currentTarget }) => currentTarget.remove()}
          />
          <span>
            <strong>{worldText(name, language)}</strong>
            <span className="hint">{words.entry.people(people)}</span>
          </span>
        </a>
      ))}
    </nav>
  );
};

const goTo = (event: MouseEvent<HTMLAnchorElement>, world: string): void => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const place = { world, instance: undefined };
  history.pushState(null, '', placePath(place));
  visitStore.setState({ visit: { kind: 'entry', place } });
};
