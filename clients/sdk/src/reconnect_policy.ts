/** Decides how long to wait before each attempt to come back. */
export interface ReconnectPolicy {
  /** `attempt` counts from 1 in each outage. Null: give up. */
  delayMs(attempt: number): number | null;
}

export interface BackoffSettings {
  readonly firstMs: number;
  readonly mostMs: number;
  /** The share of each delay that is left to chance, so that a crowd does not come back as one. */
  readonly randomShare: number;
}

/** docs/protocol.md section 5.2: a quarter of a second, doubling up to 8 s, each plus up to half of it. */
export const backoffPolicy = (
  random: () => number,
  settings: Partial<BackoffSettings> = {},
): ReconnectPolicy => {
  const { firstMs = 250, mostMs = 8000, randomShare = 0.5 } = settings;
  return {
    delayMs: (attempt) => {
      const plain = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 30));
      return plain * (1 + randomShare * random());
    },
  };
};
