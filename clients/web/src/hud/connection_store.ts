import type { ConnectionState } from '@flux/sdk';
import { createStore } from 'zustand/vanilla';

export const connectionStore = createStore<{ readonly state: ConnectionState }>(() => ({
  state: { kind: 'connecting' },
}));
