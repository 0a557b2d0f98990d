/** The bits of an entity's flags (docs/protocol.md section 6). */
export const ENTITY_FLAG = {
  speaking: 1,
  handRaised: 2,
  away: 4,
  phone: 8,
  headset: 16,
} as const;
