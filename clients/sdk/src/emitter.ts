/** Listeners by name, typed by one map. A listener that throws is reported and stops nobody else. */
export class Emitter<Events> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    // A wrapper of its own, so that one function may listen twice and leave once.
    const entry = (event: Events[Name]) => listener(event);
    set.add(entry);
    return () => set.delete(entry);
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const set = this.#listeners.get(name);
    if (!set) return;
    for (const listener of [...set]) {
      try {
        (listener as (event: Events[Name]) => void)(event);
      } catch (error) {
        reportError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}

// Thrown where nobody stands above it, so that the host's own handler shows it.
const reportError = (error: unknown): void => {
  queueMicrotask(() => {
    throw error;
  });
};
