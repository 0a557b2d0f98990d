/**
 * '84 kB', '1.2 MB': thousands, as browsers' own tools count. Both languages write such numbers alike, and
 * asking the browser how takes a slow phone longer than it takes to fetch a small file.
 */
export const bytesText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
