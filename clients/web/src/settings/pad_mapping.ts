import type { PadAction, PadMapping } from './settings.ts';

/** Names of a standard gamepad's buttons, as they are printed on most: the same in all languages. */
const BUTTON_NAMES: readonly string[] = [
  'A',
  'B',
  'X',
  'Y',
  'LB',
  'RB',
  'LT',
  'RT',
  'Select',
  'Start',
  'L3',
  'R3',
  '↑',
  '↓',
  '←',
  '→',
  'Home',
];

/** '' for none. */
export const buttonName = (button: number): string =>
  button < 0 ? '' : (BUTTON_NAMES[button] ?? String(button));

/** The action gets the button. Whatever had it before has none: one press does one thing. */
export const assignButton = (pad: PadMapping, action: PadAction, button: number): PadMapping =>
  Object.fromEntries(
    (Object.entries(pad) as [PadAction, number][]).map(([other, had]) => [
      other,
      other === action ? button : had === button ? -1 : had,
    ]),
  ) as Record<PadAction, number>;

type PadState = Pick<Gamepad, 'buttons'> | null;

/** The first button that is down now and was not before; -1 when none is. */
export const newlyPressed = (before: ReadonlySet<number>, pads: readonly PadState[]): number => {
  for (const button of pressedButtons(pads)) {
    if (!before.has(button)) return button;
  }
  return -1;
};

export const pressedButtons = (pads: readonly PadState[]): ReadonlySet<number> =>
  new Set(
    pads.flatMap((pad) =>
      (pad?.buttons ?? []).flatMap(({ pressed }, button) => (pressed ? [button] : [])),
    ),
  );
