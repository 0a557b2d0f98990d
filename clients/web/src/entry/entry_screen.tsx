import type { FluxError } from '@flux/sdk';
import { type FormEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { asFluxError } from '../app/as_flux_error.ts';
import { enterWorld } from '../app/enter_world.ts';
import { goHome } from '../app/go_home.ts';
import { cleanName, NAME_CHARACTERS_MAX, readGuest, rememberGuest } from '../app/guest.ts';
import { type Place, placePath } from '../app/place.ts';
import { worldText } from '../language/catalogue.ts';
import type { Catalogue } from '../language/en.ts';
import { LanguageSwitch } from '../language/language_switch.tsx';
import { useWords } from '../language/use_words.ts';
import { randomLook } from '../people/look.ts';
import { settingsStore } from '../settings/settings_store.ts';
import { AvatarPreview } from './avatar_preview.tsx';
import { Emblem } from './emblem.tsx';
import { ErrorNotice } from './error_notice.tsx';
import { LookPicker } from './look_picker.tsx';
import { StageProgress } from './stage_progress.tsx';
import { useWorldSummary } from './use_world_summary.ts';

/** The door: which world this is, who one wants to be, and in. */
export const EntryScreen = ({ place }: { readonly place: Place | null }) => {
  const words = useWords();
  const language = useStore(settingsStore, (settings) => settings.language);
  const { answer, ask } = useWorldSummary(place?.world);
  const summary = answer.kind === 'known' ? answer.summary : null;
  const worldName = summary ? worldText(summary.name, language) : words.appName;
  const isMissing = answer.kind === 'failed' && answer.error.code === 'NOT_FOUND';
  return (
    <main className="entry">
      <div className="entry-card">
        <header>
          <Emblem />
          <div>
            <h1>{worldName}</h1>
            <p>{summary ? worldText(summary.description, language) : words.entry.tagline}</p>
            {summary && <p className="people-count">{words.entry.people(summary.people)}</p>}
          </div>
          <LanguageSwitch />
        </header>
        {answer.kind === 'failed' && (
          <ErrorNotice
            error={answer.error}
            onRetry={() => void ask()}
            {...(isMissing ? { onHome: goHome } : {})}
          />
        )}
        {place && !isMissing && <EntryForm place={place} />}
      </div>
    </main>
  );
};

const EntryForm = ({ place }: { readonly place: Place }) => {
  const words = useWords();
  const [guest, setGuest] = useState(() => readGuest({ name: '', look: randomLook() }));
  const [error, setError] = useState<FluxError | null>(null);
  const [nameProblem, setNameProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const name = cleanName(guest.name);
    const problem = findNameProblem(name, words);
    setNameProblem(problem);
    if (problem !== '') {
      nameField.current?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    rememberGuest({ name, look: guest.look });
    try {
      await enterWorld(place, { name, look: guest.look });
      history.replaceState(null, '', placePath({ world: place.world, instance: undefined }));
    } catch (cause) {
      setError(asFluxError(cause));
      setBusy(false);
    }
  };

  return (
    <form className="entry-form" onSubmit={(event) => void submit(event)} noValidate>
      <AvatarPreview look={guest.look} />
      <div className="entry-fields">
        <label className="field">
          <span>{words.entry.name}</span>
          <input
            ref={nameField}
            value={guest.name}
            onChange={({ target }) => setGuest({ ...guest, name: target.value })}
            placeholder={words.entry.namePlaceholder}
            autoComplete="nickname"
            aria-describedby="name-hint"
            aria-invalid={nameProblem !== ''}
          />
        </label>
        <p id="name-hint" className={nameProblem ? 'hint problem' : 'hint'} aria-live="polite">
          {nameProblem || words.entry.nameHint}
        </p>
        <LookPicker look={guest.look} onChange={(look) => setGuest({ ...guest, look })} />
      </div>
      <div className="entry-go">
        {error && <ErrorNotice error={error} />}
        <StageProgress />
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? words.entry.entering : words.entry.enter}
        </button>
      </div>
    </form>
  );
};

const findNameProblem = (name: string, words: Catalogue): string => {
  if (name === '') return words.entry.nameMissing;
  return [...name].length > NAME_CHARACTERS_MAX ? words.entry.nameTooLong : '';
};
