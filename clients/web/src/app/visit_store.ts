import type { CloseReason, FluxClient, WorldDocument } from '@flux/sdk';
import { createStore } from 'zustand/vanilla';
import type { Place } from './place.ts';
import type { SceneHandle } from './scene_contract.ts';

/** What the person is at: choosing at the door, inside, or out again. */
export type Visit =
  | { readonly kind: 'entry'; readonly place: Place | null }
  | {
      readonly kind: 'inside';
      readonly place: Place;
      readonly client: FluxClient;
      readonly world: WorldDocument;
      /** Null until it is drawn. */
      readonly scene: SceneHandle | null;
    }
  | { readonly kind: 'gone'; readonly place: Place; readonly reason: CloseReason };

export const visitStore = createStore<{ readonly visit: Visit }>(() => ({
  visit: { kind: 'entry', place: null },
}));
