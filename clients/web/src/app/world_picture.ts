/** Where a world's picture is, if it has one: what a shared link shows, small and a little out of focus. */
export const worldPicture = (world: string): string => `/og/${encodeURIComponent(world)}.webp`;
