/** Where a link leads: a world, and perhaps one instance of it. */
export interface Place {
  readonly world: string;
  readonly instance: number | undefined;
}

const HOME = 'plaza';
const WORLD_PATH = /^\/w\/([a-z0-9-]{1,64})\/?$/;

/** Null: the address names no world that could be. */
export const readPlace = (address: URL): Place | null => {
  if (address.pathname === '/') return { world: HOME, instance: undefined };
  const world = WORLD_PATH.exec(address.pathname)?.[1];
  if (!world) return null;
  const instance = Number(address.searchParams.get('instance') ?? Number.NaN);
  return {
    world,
    instance: Number.isInteger(instance) && instance > 0 ? instance : undefined,
  };
};

export const placePath = ({ world, instance }: Place): string =>
  instance === undefined ? `/w/${world}` : `/w/${world}?instance=${instance}`;
