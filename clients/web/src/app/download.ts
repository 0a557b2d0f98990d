export interface Progress {
  readonly loaded: number;
  /** 0: not known, as in development. */
  readonly total: number;
}

interface ManifestFile {
  readonly url: string;
  readonly bytes: number;
}

/**
 * Fetches the files of stage.json into the browser's cache, so that the import() after it finds them
 * there, and tells how many bytes have come. Bytes count as they are unpacked, on both sides.
 * Without a manifest it does nothing: import() then fetches by itself.
 */
export const downloadStage = async (
  onProgress: (progress: Progress) => void,
  fetchFile: typeof fetch = fetch,
): Promise<void> => {
  const files = await readManifest(fetchFile);
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

const readManifest = async (fetchFile: typeof fetch): Promise<readonly ManifestFile[]> => {
  const response = await fetchFile('/stage.json');
  if (!response.ok || !response.headers.get('Content-Type')?.includes('json')) return [];
  const { files } = (await response.json()) as { readonly files: readonly ManifestFile[] };
  return files;
};
