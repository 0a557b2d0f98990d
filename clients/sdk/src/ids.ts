declare const brand: unique symbol;

/** Names one person (or thing) in an instance: 24 bits, 0 is nobody. Never reused while anybody remembers it. */
export type EntityId = number & { readonly [brand]: 'EntityId' };

/** How a person looks: eight choices of four bits each (docs/protocol.md section 6). */
export type LookCode = number & { readonly [brand]: 'LookCode' };

export const NOBODY = 0 as EntityId;
export const entityId = (value: number): EntityId => (value & 0xffffff) as EntityId;
export const lookCode = (value: number): LookCode => (value >>> 0) as LookCode;
