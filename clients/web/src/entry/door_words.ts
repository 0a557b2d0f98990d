/** What the page says of a world by itself, before anybody was asked: in English, as previews have it. */
export interface DoorWords {
  readonly name: string;
  readonly description: string;
}

const said = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name="flux:${name}"]`)?.content;

/** Null: this page was made for another world's door, as one kept for a lost network, or for none. */
export const readDoorWords = (world: string | undefined): DoorWords | null => {
  const name = said('world-name');
  const description = said('world-description');
  if (world === undefined || said('world') !== world || !name) return null;
  return { name, description: description ?? '' };
};
