/** What a body does, as numbered in docs/protocol.md section 6. An unlisted number is shown as idle. */
export const POSE = {
  idle: 0,
  walk: 1,
  run: 2,
  jump: 3,
  fall: 4,
  land: 5,
  sit: 6,
  turn: 7,
  rest: 8,
  wave: 16,
  dance: 17,
  clap: 18,
  point: 19,
  laugh: 20,
  cheer: 21,
  bow: 22,
  shrug: 23,
  think: 24,
  heart: 25,
  groove: 26,
  hand: 27,
} as const;

export type PoseName = keyof typeof POSE;
export type Pose = (typeof POSE)[PoseName];

/** The first ten in the order of the number keys 1 to 9 and 0. */
export const EMOTES = [
  'wave',
  'dance',
  'clap',
  'point',
  'laugh',
  'cheer',
  'bow',
  'shrug',
  'think',
  'heart',
  'groove',
  'hand',
] as const;

export type EmoteName = (typeof EMOTES)[number];

export const isEmoteName = (value: unknown): value is EmoteName =>
  (EMOTES as readonly unknown[]).includes(value);
