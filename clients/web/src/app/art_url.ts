import { ART_VERSIONS } from 'virtual:art-versions';

/**
 * Where a file that a document names is to be fetched. Files of ours say which version this client was
 * built for: so they may be kept for ever, and never meet a client that is older or newer than they are.
 */
export const artUrl = (url: string): string => {
  const rooted = /^(https?:)?\//.test(url) ? url : `/${url}`;
  const version = ART_VERSIONS[rooted];
  return version === undefined ? rooted : `${rooted}?v=${version}`;
};
