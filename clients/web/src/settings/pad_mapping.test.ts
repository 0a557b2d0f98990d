import { expect, test } from 'vitest';
import { assignButton, buttonName, newlyPressed, pressedButtons } from './pad_mapping.ts';
import { PAD_DEFAULT } from './settings.ts';

const pad = (...pressed: readonly number[]) => ({
  buttons: Array.from({ length: 17 }, (_, button) => ({
    pressed: pressed.includes(button),
    touched: false,
    value: 0,
  })),
});

test('a button that something else had is taken from it', () => {
  const changed = assignButton(PAD_DEFAULT, 'photo', PAD_DEFAULT.jump);
  expect(changed).toEqual({ ...PAD_DEFAULT, photo: PAD_DEFAULT.jump, jump: -1 });
});

test('what is held down already is no new press', () => {
  const before = pressedButtons([null, pad(0)]);
  expect(newlyPressed(before, [null, pad(0)])).toBe(-1);
  expect(newlyPressed(before, [null, pad(0, 5)])).toBe(5);
  expect(newlyPressed(before, [])).toBe(-1);
});

test('buttons have the names printed on them, and others their number', () => {
  expect([0, 12, 40, -1].map(buttonName)).toEqual(['A', '↑', '40', '']);
});
