import { createStore } from 'zustand/vanilla';

/** How many people are in the instance. Who and where they are is in the client's picture. */
export const presenceStore = createStore<{ readonly people: number }>(() => ({ people: 0 }));
