import type { LookCode } from '@flux/sdk';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../language/use_words.ts';
import { Portrait } from '../presence/portrait.tsx';
import { settingsStore } from '../settings/settings_store.ts';
import { CAST } from './cast.ts';

interface CastRowProps {
  readonly look: LookCode;
  readonly onChange: (look: LookCode) => void;
}

/** Ready-made people: one press, and one looks like somebody. */
export const CastRow = ({ look, onChange }: CastRowProps) => {
  const words = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  const row = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // On a phone the row is longer than the screen: whom one is begins in its middle.
    const chosen = row.current?.querySelector<HTMLElement>('[aria-pressed=true]');
    if (row.current && chosen) {
      row.current.scrollLeft =
        chosen.offsetLeft - (row.current.clientWidth - chosen.offsetWidth) / 2;
    }
  }, []);
  return (
    <fieldset ref={row} className="cast">
      <legend className="hidden">{words.entry.cast}</legend>
      {CAST.map((member) => (
        <button
          key={member.look}
          type="button"
          aria-pressed={member.look === look}
          onClick={() => onChange(member.look)}
        >
          <Portrait look={member.look} />
          <span>{member.name[language]}</span>
        </button>
      ))}
    </fieldset>
  );
};
