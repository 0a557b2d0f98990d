import type { Motion, Quality, Settings } from './settings.ts';

export type SavedSettings = Omit<Settings, 'reducedMotion'>;

const oneOf = <Value extends string>(
  value: unknown,
  values: readonly Value[],
  otherwise: Value,
): Value => values.find((known) => known === value) ?? otherwise;

const within = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && value >= least && value <= most ? value : otherwise;

/** What was saved, member by member: what is missing or not valid falls back. */
export const readSettings = (saved: string | null, otherwise: SavedSettings): SavedSettings => {
  const value = parse(saved);
  return {
    language: oneOf(value['language'], ['en', 'ko'], otherwise.language),
    quality: oneOf<Quality>(value['quality'], ['auto', 'low', 'medium', 'high'], otherwise.quality),
    cameraSmoothing: within(value['cameraSmoothing'], 0, 1, otherwise.cameraSmoothing),
    fieldOfView: within(value['fieldOfView'], 40, 90, otherwise.fieldOfView),
    motion: oneOf<Motion>(value['motion'], ['system', 'reduced', 'full'], otherwise.motion),
  };
};

const parse = (saved: string | null): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(saved ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
