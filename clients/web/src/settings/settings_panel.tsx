import { useStore } from 'zustand';
import { PanelFrame } from '../hud/panel_frame.tsx';
import { LANGUAGE_NAMES, LANGUAGES } from '../language/catalogue.ts';
import { chooseLanguage } from '../language/choose_language.ts';
import { useWords } from '../language/use_words.ts';
import { PadSettings } from './pad_settings.tsx';
import { Choice, Slider, Toggle } from './setting_controls.tsx';
import { settingsStore } from './settings_store.ts';

/** Each change works at once. */
export const SettingsPanel = () => {
  const { settings: words } = useWords();
  return (
    <PanelFrame title={words.title} className="settings-panel">
      <GeneralSettings />
      <PictureSettings />
      <SoundSettings />
      <WalkingSettings />
      <PadSettings />
    </PanelFrame>
  );
};

const set = settingsStore.setState;

const GeneralSettings = () => {
  const { settings: words } = useWords();
  const { language, motion } = useStore(settingsStore);
  return (
    <section>
      <h3>{words.general}</h3>
      <Choice
        label={words.language}
        value={language}
        options={LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))}
        onChange={chooseLanguage}
      />
      <Choice
        label={words.motion}
        value={motion}
        options={[
          { value: 'system', text: words.motionSystem },
          { value: 'reduced', text: words.motionReduced },
          { value: 'full', text: words.motionFull },
        ]}
        onChange={(chosen) => set({ motion: chosen })}
      />
    </section>
  );
};

const PictureSettings = () => {
  const { settings: words } = useWords();
  const { quality, fieldOfView } = useStore(settingsStore);
  return (
    <section>
      <h3>{words.picture}</h3>
      <Choice
        label={words.quality}
        value={quality}
        options={[
          { value: 'auto', text: words.qualityAuto },
          { value: 'low', text: words.qualityLow },
          { value: 'medium', text: words.qualityMedium },
          { value: 'high', text: words.qualityHigh },
        ]}
        onChange={(chosen) => set({ quality: chosen })}
      />
      <Slider
        label={words.fieldOfView}
        value={fieldOfView}
        least={40}
        most={90}
        text={words.degrees(fieldOfView)}
        onChange={(degrees) => set({ fieldOfView: degrees })}
      />
    </section>
  );
};

const SoundSettings = () => {
  const { settings: words } = useWords();
  const { isMuted, volume } = useStore(settingsStore);
  const percent = Math.round(volume * 100);
  return (
    <section>
      <h3>{words.sounds}</h3>
      <Toggle label={words.sound} isOn={!isMuted} onChange={(isOn) => set({ isMuted: !isOn })} />
      <Slider
        label={words.volume}
        value={percent}
        least={0}
        most={100}
        text={words.percent(percent)}
        onChange={(chosen) => set({ volume: chosen / 100 })}
      />
    </section>
  );
};

const WalkingSettings = () => {
  const { settings: words } = useWords();
  const { cameraSmoothing, clickToWalk } = useStore(settingsStore);
  const percent = Math.round(cameraSmoothing * 100);
  return (
    <section>
      <h3>{words.walking}</h3>
      <Slider
        label={words.smoothing}
        value={percent}
        least={0}
        most={100}
        text={words.percent(percent)}
        onChange={(chosen) => set({ cameraSmoothing: chosen / 100 })}
      />
      <Toggle
        label={words.clickToWalk}
        isOn={clickToWalk}
        onChange={(isOn) => set({ clickToWalk: isOn })}
      />
    </section>
  );
};
