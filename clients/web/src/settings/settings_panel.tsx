import { useId } from 'react';
import { useStore } from 'zustand';
import { PanelFrame } from '../hud/panel_frame.tsx';
import { CATALOGUES, LANGUAGES } from '../language/catalogue.ts';
import { useWords } from '../language/use_words.ts';
import { settingsStore } from './settings_store.ts';

/** Each change works at once. */
export const SettingsPanel = () => {
  const { settings: words } = useWords();
  const settings = useStore(settingsStore);
  const set = settingsStore.setState;
  return (
    <PanelFrame title={words.title} className="settings-panel">
      <Choice
        label={words.language}
        value={settings.language}
        options={LANGUAGES.map((value) => ({ value, text: CATALOGUES[value].languageName }))}
        onChange={(language) => set({ language })}
      />
      <Choice
        label={words.quality}
        value={settings.quality}
        options={[
          { value: 'auto', text: words.qualityAuto },
          { value: 'low', text: words.qualityLow },
          { value: 'medium', text: words.qualityMedium },
          { value: 'high', text: words.qualityHigh },
        ]}
        onChange={(quality) => set({ quality })}
      />
      <Slider
        label={words.smoothing}
        value={Math.round(settings.cameraSmoothing * 100)}
        least={0}
        most={100}
        text={words.percent(Math.round(settings.cameraSmoothing * 100))}
        onChange={(percent) => set({ cameraSmoothing: percent / 100 })}
      />
      <Slider
        label={words.fieldOfView}
        value={settings.fieldOfView}
        least={40}
        most={90}
        text={words.degrees(settings.fieldOfView)}
        onChange={(fieldOfView) => set({ fieldOfView })}
      />
      <Choice
        label={words.motion}
        value={settings.motion}
        options={[
          { value: 'system', text: words.motionSystem },
          { value: 'reduced', text: words.motionReduced },
          { value: 'full', text: words.motionFull },
        ]}
        onChange={(motion) => set({ motion })}
      />
    </PanelFrame>
  );
};

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

const Choice = <Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find((option) => option.value === target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
};

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly text: string;
  readonly onChange: (value: number) => void;
}

const Slider = ({ label, value, least, most, text, onChange }: SliderProps) => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="slider">
        <input
          id={id}
          type="range"
          min={least}
          max={most}
          value={value}
          aria-valuetext={text}
          onChange={({ target }) => onChange(target.valueAsNumber)}
        />
        <span className="figures">{text}</span>
      </span>
    </div>
  );
};
