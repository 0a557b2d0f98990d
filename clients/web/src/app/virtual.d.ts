/** Made by build/shared_worker.ts: where src/people/doll_worker.ts begins. */
declare module 'virtual:doll-worker' {
  export const dollWorker: string;
}

/** Made by build/made_art.ts: the versions of the files at /art/, by their paths. */
declare module 'virtual:art-versions' {
  export const ART_VERSIONS: Readonly<Record<string, string>>;
}
