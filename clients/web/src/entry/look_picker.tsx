import type { LookCode } from '@flux/sdk';
import { useState } from 'react';
import type { LookField, LookFieldName } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { decodeLook, encodeLook, LOOK_FIELDS } from '../people/look.ts';
import { Portrait } from '../presence/portrait.tsx';

interface LookPickerProps {
  readonly look: LookCode;
  readonly onChange: (look: LookCode) => void;
}

/** Eight choices, one at a time: colours by swatches, heads by portraits, other shapes by name. */
export const LookPicker = ({ look, onChange }: LookPickerProps) => {
  const words = useWords();
  const [open, setOpen] = useState<LookFieldName>('head');
  return (
    <div className="look-picker">
      <fieldset className="look-fields">
        <legend className="hidden">{words.entry.appearance}</legend>
        {LOOK_FIELDS.map(({ name }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === open}
            onClick={() => setOpen(name)}
          >
            {words.look[name]}
          </button>
        ))}
      </fieldset>
      {LOOK_FIELDS.map((field, index) =>
        field.name === open ? (
          <Choices key={field.name} field={field} index={index} look={look} onChange={onChange} />
        ) : null,
      )}
    </div>
  );
};

interface ChoicesProps extends LookPickerProps {
  readonly field: LookField;
  /** Of the field, in the code. */
  readonly index: number;
}

const Choices = ({ field, index, look, onChange }: ChoicesProps) => {
  const words = useWords();
  const label = words.look[field.name];
  const chosen = decodeLook(look);
  const names: readonly string[] = nameList(words.lookNames, field.name);
  const kind = field.swatches ? 'swatches' : field.name === 'head' ? 'heads' : 'names';
  const lookWith = (choice: number): LookCode =>
    encodeLook(chosen.map((old, other) => (other === index ? choice : old)));
  return (
    <fieldset className={`look-choices ${kind}`}>
      <legend className="hidden">{label}</legend>
      {Array.from({ length: field.choices }, (_, choice) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the number is what is chosen.
        <label key={choice} title={names[choice]}>
          <input
            type="radio"
            name={field.name}
            checked={choice === chosen[index]}
            onChange={() => onChange(lookWith(choice))}
            aria-label={names[choice] ?? words.entry.choice(label, choice + 1, field.choices)}
          />
          {kind === 'swatches' && <span style={{ background: field.swatches?.[choice] }} />}
          {kind === 'heads' && <Portrait look={lookWith(choice)} />}
          {kind === 'names' && <span>{names[choice] ?? choice + 1}</span>}
        </label>
      ))}
    </fieldset>
  );
};

const nameList = (
  lists: Partial<Record<LookFieldName, readonly string[]>>,
  field: LookFieldName,
): readonly string[] => lists[field] ?? [];
