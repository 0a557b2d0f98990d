import type { EntityId, LookCode } from './ids.ts';

/** What is known of a person beside where they are. */
export interface Profile {
  readonly id: EntityId;
  readonly name: string;
  readonly look: LookCode;
}
