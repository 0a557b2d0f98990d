import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../language/use_words.ts';
import { assignButton, buttonName, newlyPressed, pressedButtons } from './pad_mapping.ts';
import { PAD_DEFAULT, type PadAction } from './settings.ts';
import { settingsStore } from './settings_store.ts';

const ACTIONS = Object.keys(PAD_DEFAULT) as readonly PadAction[];

const assign = (action: PadAction, button: number): void =>
  settingsStore.setState(({ pad }) => ({ pad: assignButton(pad, action, button) }));

/** Which button does what: choose the action, then press the button. */
export const PadSettings = () => {
  const { settings: words } = useWords();
  const pad = useStore(settingsStore, (settings) => settings.pad);
  const connected = useConnectedPad();
  const [waiting, setWaiting] = useState<PadAction | null>(null);
  usePadPress(waiting, (action, button) => {
    if (button >= 0) assign(action, button);
    setWaiting(null);
  });
  return (
    <section className="pad-settings">
      <h3>{words.pad}</h3>
      <p className="hint" role="status">
        {connected === null ? words.padNone : words.padFound(connected)}
      </p>
      <p className="hint">{words.padSticks}</p>
      <ul>
        {ACTIONS.map((action) => {
          const name = buttonName(pad[action]) || words.padUnset;
          const isWaiting = waiting === action;
          return (
            <li key={action}>
              <span aria-hidden="true">{words.padActions[action]}</span>
              <button
                type="button"
                aria-pressed={isWaiting}
                aria-label={
                  isWaiting ? words.padPress : words.padButton(name, words.padActions[action])
                }
                onClick={() => setWaiting(isWaiting ? null : action)}
              >
                {isWaiting ? words.padPress : name}
              </button>
            </li>
          );
        })}
      </ul>
      <button type="button" onClick={() => settingsStore.setState({ pad: PAD_DEFAULT })}>
        {words.padReset}
      </button>
    </section>
  );
};

const padName = (): string | null =>
  navigator.getGamepads().find((pad) => pad?.connected)?.id ?? null;

const useConnectedPad = (): string | null => {
  const [name, setName] = useState(padName);
  useEffect(() => {
    const update = (): void => setName(padName());
    addEventListener('gamepadconnected', update);
    addEventListener('gamepaddisconnected', update);
    return () => {
      removeEventListener('gamepadconnected', update);
      removeEventListener('gamepaddisconnected', update);
    };
  }, []);
  return name;
};

/** While an action waits: tells the next button that is pressed, or -1 when Escape was. */
const usePadPress = (
  waiting: PadAction | null,
  onPress: (action: PadAction, button: number) => void,
): void => {
  useEffect(() => {
    if (waiting === null) return;
    let before = pressedButtons(navigator.getGamepads());
    let frame = 0;
    const look = (): void => {
      const pads = navigator.getGamepads();
      const button = newlyPressed(before, pads);
      before = pressedButtons(pads);
      if (button >= 0) onPress(waiting, button);
      else frame = requestAnimationFrame(look);
    };
    const cancel = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      onPress(waiting, -1);
    };
    frame = requestAnimationFrame(look);
    addEventListener('keydown', cancel, { capture: true });
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('keydown', cancel, { capture: true });
    };
  }, [waiting, onPress]);
};
