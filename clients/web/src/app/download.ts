export interface Progress {
  readonly loaded: number;
  /** 0: not known, as in development. */
  readonly total: number;
}

export interface StageFile {
  readonly url: string;
  readonly bytes: number;
}

/** The files that the page names (build/stage_manifest.ts). None in development: import() fetches by itself. */
export const stageFiles = (page: Document): readonly StageFile[] => {
  const text = page.getElementById('stage')?.textContent;
  return text ? (JSON.parse(text) as { readonly files: readonly StageFile[] }).files : [];
};

/**
 * Fetches `files` into the browser's cache, so that the import() after it finds them there, and tells how
 * many bytes have come. Bytes count as they are unpacked, on both sides.
 */
export const downloadStage = async (
  files: readonly StageFile[],
  onProgress: (progress: Progress) => void,
  fetchFile: typeof fetch = fetch,
): Promise<void> => {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  const add = (bytes: number): void => {
    loaded = Math.min(total, loaded + bytes);
    onProgress({ loaded, total });
  };
  await Promise.all(files.map(({ url }) => download(url, fetchFile, add)));
};

const download = async (
  url: string,
  fetchFile: typeof fetch,
  add: (bytes: number) => void,
): Promise<void> => {
  const response = await fetchFile(url);
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    add(value.byteLength);
  }
};
