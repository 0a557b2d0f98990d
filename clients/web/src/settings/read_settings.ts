import {
  type Motion,
  PAD_DEFAULT,
  type PadAction,
  type PadMapping,
  type Quality,
  type Settings,
} from './settings.ts';

export type SavedSettings = Omit<Settings, 'reducedMotion'>;

const PAD_ACTIONS = Object.keys(PAD_DEFAULT) as readonly PadAction[];
const PAD_BUTTONS_MAX = 32;

const oneOf = <Value extends string>(
  value: unknown,
  values: readonly Value[],
  otherwise: Value,
): Value => values.find((known) => known === value) ?? otherwise;

const within = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && value >= least && value <= most ? value : otherwise;

const yesOrNo = (value: unknown, otherwise: boolean): boolean =>
  typeof value === 'boolean' ? value : otherwise;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isButton = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= -1 && Number(value) < PAD_BUTTONS_MAX;

const readPad = (value: unknown, otherwise: PadMapping): PadMapping => {
  const saved = isRecord(value) ? value : {};
  const button = (action: PadAction): number => {
    const chosen = saved[action];
    return isButton(chosen) ? chosen : otherwise[action];
  };
  return Object.fromEntries(PAD_ACTIONS.map((action) => [action, button(action)])) as Record<
    PadAction,
    number
  >;
};

/** What was saved, member by member: what is missing or not valid falls back. */
export const readSettings = (saved: string | null, otherwise: SavedSettings): SavedSettings => {
  const value = parse(saved);
  return {
    language: oneOf(value['language'], ['en', 'ko'], otherwise.language),
    quality: oneOf<Quality>(value['quality'], ['auto', 'low', 'medium', 'high'], otherwise.quality),
    cameraSmoothing: within(value['cameraSmoothing'], 0, 1, otherwise.cameraSmoothing),
    fieldOfView: within(value['fieldOfView'], 40, 90, otherwise.fieldOfView),
    motion: oneOf<Motion>(value['motion'], ['system', 'reduced', 'full'], otherwise.motion),
    volume: within(value['volume'], 0, 1, otherwise.volume),
    isMuted: yesOrNo(value['isMuted'], otherwise.isMuted),
    clickToWalk: yesOrNo(value['clickToWalk'], otherwise.clickToWalk),
    pad: readPad(value['pad'], otherwise.pad),
  };
};

const parse = (saved: string | null): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(saved ?? '{}');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
};
