import type { LookCode } from '@flux/sdk';
import type { LookField } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { decodeLook, encodeLook, LOOK_FIELDS, randomLook } from '../people/look.ts';

interface LookPickerProps {
  readonly look: LookCode;
  readonly onChange: (look: LookCode) => void;
}

/** Eight choices: colours by their swatches, shapes by stepping through them. */
export const LookPicker = ({ look, onChange }: LookPickerProps) => {
  const words = useWords();
  const choices = decodeLook(look);
  const choose = (index: number, choice: number): void =>
    onChange(encodeLook(choices.map((old, other) => (other === index ? choice : old))));
  return (
    <fieldset className="look-picker">
      <legend>{words.entry.appearance}</legend>
      {LOOK_FIELDS.map((field, index) => {
        const chosen = choices[index] ?? 0;
        const props = { field, chosen, onChoose: (choice: number) => choose(index, choice) };
        return field.swatches ? (
          <SwatchChoice key={field.name} {...props} />
        ) : (
          <StepChoice key={field.name} {...props} />
        );
      })}
      <button type="button" className="quiet" onClick={() => onChange(randomLook())}>
        {words.entry.surprise}
      </button>
    </fieldset>
  );
};

interface ChoiceProps {
  readonly field: LookField;
  readonly chosen: number;
  readonly onChoose: (choice: number) => void;
}

const SwatchChoice = ({ field, chosen, onChoose }: ChoiceProps) => {
  const words = useWords();
  const label = words.look[field.name];
  return (
    <fieldset className="look-field">
      <legend>{label}</legend>
      <div className="swatches">
        {(field.swatches ?? []).map((colour, choice) => (
          <label key={colour} className="swatch">
            <input
              type="radio"
              name={field.name}
              checked={choice === chosen}
              onChange={() => onChoose(choice)}
              aria-label={words.entry.choice(label, choice + 1, field.choices)}
            />
            <span style={{ background: colour }} />
          </label>
        ))}
      </div>
    </fieldset>
  );
};

const StepChoice = ({ field, chosen, onChoose }: ChoiceProps) => {
  const words = useWords();
  const label = words.look[field.name];
  const names: Partial<Record<LookField['name'], readonly string[]>> = words.lookNames;
  const name = names[field.name]?.[chosen] ?? `${chosen + 1}/${field.choices}`;
  const step = (by: number): void => onChoose((chosen + by + field.choices) % field.choices);
  return (
    <fieldset className="look-field">
      <legend>{label}</legend>
      <div className="stepper">
        <button type="button" aria-label={words.entry.previous(label)} onClick={() => step(-1)}>
          ‹
        </button>
        <output aria-label={words.entry.chosen(label, name)}>{name}</output>
        <button type="button" aria-label={words.entry.next(label)} onClick={() => step(1)}>
          ›
        </button>
      </div>
    </fieldset>
  );
};
