import { createStore } from 'zustand/vanilla';

export interface Toast {
  readonly key: number;
  readonly text: string;
}

const SHOWN_MS = 5000;
const MOST = 3;

export const toastStore = createStore<{ readonly toasts: readonly Toast[] }>(() => ({
  toasts: [],
}));

let lastKey = 0;

/** Says something for a few seconds. */
export const toast = (text: string): void => {
  lastKey += 1;
  const key = lastKey;
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, { key, text }].slice(-MOST) }));
  setTimeout(() => {
    toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((other) => other.key !== key) }));
  }, SHOWN_MS);
};
