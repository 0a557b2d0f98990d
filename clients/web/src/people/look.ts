// look: what the eight numbers of a look code stand for (docs/protocol.md section 6). No three.js here:
// the entry screen needs it first.

import { type LookCode, lookCode } from '@flux/sdk';
import type { LookField } from '../app/scene_contract.ts';

const SKIN = [
  '#f9d3b4',
  '#edb68c',
  '#cf8e63',
  '#9c6444',
  '#6a4030',
  '#ffe3cd',
  '#f3c4a0',
  '#dda377',
  '#b57a54',
  '#845239',
  '#553326',
  '#f6cfc0',
  '#e2b59b',
  '#c08a70',
  '#a8d5c2',
  '#c7b4e6',
];
const HAIR = [
  '#5a3a4c',
  '#33232f',
  '#7a4a33',
  '#c96f3e',
  '#d9a24a',
  '#ede3dc',
  '#3a2a44',
  '#a2553a',
  '#f2cf86',
  '#8b8391',
  '#e88f93',
  '#8d76c6',
  '#35999a',
  '#f5836e',
  '#63a36c',
  '#4c4c86',
];
const TOP = [
  '#f5836e',
  '#35999a',
  '#f3b33e',
  '#8d76c6',
  '#3f8a72',
  '#fff4e3',
  '#e88f93',
  '#57bcc0',
  '#9cbf86',
  '#4c4c86',
  '#fbd98a',
  '#d98a62',
  '#b39bdd',
  '#a9dbe3',
  '#c9607f',
  '#5b4376',
];
const BOTTOM = [
  '#4c4c86',
  '#35999a',
  '#6b4435',
  '#3a2e52',
  '#e4c79c',
  '#3f8a72',
  '#5b4376',
  '#b9603f',
  '#fff4e3',
  '#63a36c',
  '#7c8fb5',
  '#a9714b',
  '#f5836e',
  '#8d76c6',
  '#f3b33e',
  '#557a86',
];
const ACCENT = [
  '#f3b33e',
  '#57bcc0',
  '#f5836e',
  '#fff4e3',
  '#b39bdd',
  '#fbd98a',
  '#63a36c',
  '#e88f93',
  '#35999a',
  '#8d76c6',
  '#a9dbe3',
  '#d98a62',
  '#4c4c86',
  '#9cbf86',
  '#c9607f',
  '#a9714b',
];

export const LOOK_FIELDS: readonly LookField[] = [
  { name: 'figure', choices: 16 },
  { name: 'skin', choices: 16, swatches: SKIN },
  { name: 'hairColour', choices: 16, swatches: HAIR },
  { name: 'head', choices: 16 },
  { name: 'topColour', choices: 16, swatches: TOP },
  { name: 'bottomColour', choices: 16, swatches: BOTTOM },
  { name: 'accessory', choices: 16 },
  { name: 'accentColour', choices: 16, swatches: ACCENT },
];

/** `choices[i]` is for LOOK_FIELDS[i]; what is missing is 0, what is too large wraps round. */
export function encodeLook(choices: readonly number[]): LookCode {
  let code = 0;
  LOOK_FIELDS.forEach((field, i) => {
    const choice = Math.trunc(choices[i] ?? 0) % field.choices;
    code |= ((choice + field.choices) % field.choices) << (4 * i);
  });
  return lookCode(code);
}

export function decodeLook(look: LookCode): number[] {
  return LOOK_FIELDS.map((field, i) => ((look >>> (4 * i)) & 15) % field.choices);
}

/** The natural tones and the plainer colours come first in each list and are drawn more often. */
const FAVOURED: Partial<Record<LookField['name'], number>> = { skin: 14, hairColour: 10 };

export function randomLook(random: () => number = Math.random): LookCode {
  const choices = LOOK_FIELDS.map((field) =>
    Math.floor(random() * (FAVOURED[field.name] ?? field.choices)),
  );
  // Half of all people carry nothing, so that those who do stand out.
  if (random() < 0.45) choices[6] = 0;
  return encodeLook(choices);
}
