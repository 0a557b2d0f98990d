import type { FluxError } from '@flux/sdk';
import { type FormEvent, useRef, useState } from 'react';
import { asFluxError } from '../app/as_flux_error.ts';
import {
  cleanName,
  type Guest,
  NAME_CHARACTERS_MAX,
  readGuest,
  rememberGuest,
} from '../app/guest.ts';
import { loadInner } from '../app/inner_loader.ts';
import { type Place, placePath } from '../app/place.ts';
import { Icon } from '../hud/icon.tsx';
import type { Catalogue } from '../language/en.ts';
import { useWords } from '../language/use_words.ts';
import { randomLook } from '../people/look.ts';
import { AvatarPreview } from './avatar_preview.tsx';
import { CAST } from './cast.ts';
import { CastRow } from './cast_row.tsx';
import { ErrorNotice } from './error_notice.tsx';
import { LookPicker } from './look_picker.tsx';
import { StageProgress } from './stage_progress.tsx';

/** Who one wants to be, and in. */
export const EntryForm = ({ place }: { readonly place: Place }) => {
  const words = useWords();
  const [guest, setGuest] = useState(() => readGuest(newGuest()));
  const [error, setError] = useState<FluxError | null>(null);
  const [nameProblem, setNameProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [showsDetails, setShowsDetails] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const wear = (look: Guest['look']): void => setGuest((before) => ({ ...before, look }));

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
      const { enterWorld } = await loadInner();
      await enterWorld(place, { name, look: guest.look });
      history.replaceState(null, '', placePath({ world: place.world, instance: undefined }));
    } catch (cause) {
      setError(asFluxError(cause));
      setBusy(false);
    }
  };

  return (
    <form className="entry-form" onSubmit={(event) => void submit(event)} noValidate>
      <AvatarPreview look={guest.look} isLeaving={isBusy} />
      <div className="entry-card glass">
        <div className="entry-look">
          <button
            type="button"
            className="quiet"
            aria-expanded={showsDetails}
            onClick={() => setShowsDetails(!showsDetails)}
          >
            <Icon name={showsDetails ? 'people' : 'brush'} />
            {showsDetails ? words.entry.customised : words.entry.customise}
          </button>
          <button type="button" className="quiet" onClick={() => wear(randomLook())}>
            <Icon name="shuffle" />
            {words.entry.surprise}
          </button>
        </div>
        {showsDetails ? (
          <LookPicker look={guest.look} onChange={wear} />
        ) : (
          <CastRow look={guest.look} onChange={wear} />
        )}
        <div className="entry-go">
          <label className="field">
            <span>{words.entry.name}</span>
            <input
              ref={nameField}
              value={guest.name}
              onChange={({ target }) => setGuest({ ...guest, name: target.value })}
              placeholder={words.entry.namePlaceholder}
              autoComplete="nickname"
              enterKeyHint="go"
              aria-describedby="name-hint"
              aria-invalid={nameProblem !== ''}
            />
          </label>
          <p id="name-hint" className={nameProblem ? 'hint problem' : 'hint'} aria-live="polite">
            {nameProblem || words.entry.nameHint}
          </p>
          {error && <ErrorNotice error={error} />}
          <button type="submit" className="primary" disabled={isBusy}>
            {isBusy ? words.entry.entering : words.entry.enter}
          </button>
          <StageProgress />
        </div>
      </div>
    </form>
  );
};

/** Somebody of the cast, by chance: a face that was drawn with care is the better first one. */
const newGuest = (): Guest => ({
  name: '',
  look: CAST[Math.floor(Math.random() * CAST.length)]?.look ?? randomLook(),
});

const findNameProblem = (name: string, words: Catalogue): string => {
  if (name === '') return words.entry.nameMissing;
  return [...name].length > NAME_CHARACTERS_MAX ? words.entry.nameTooLong : '';
};
