import { createServerApi, type WorldDocument } from '@flux/sdk';

/** The server that served this page. */
export const api = createServerApi('', (url, init) => fetch(url, init));

const documents = new Map<string, Promise<WorldDocument>>();

/** A world's document, fetched once. After a failure the next call tries again. */
export const loadWorld = (id: string): Promise<WorldDocument> => {
  const known = documents.get(id);
  if (known) return known;
  const loading = api.world(id).catch((error: unknown) => {
    documents.delete(id);
    throw error;
  });
  documents.set(id, loading);
  return loading;
};
