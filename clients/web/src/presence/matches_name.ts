const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** Whether somebody looking for `query` may mean this name: any part of it, whatever its case or width. */
export const matchesName = (name: string, query: string): boolean =>
  plain(name).includes(plain(query));
