/** Where a world's picture is, if it has one: the same that a shared link shows. */
export const worldPicture = (world: string): string => `/og/${encodeURIComponent(world)}.png`;
