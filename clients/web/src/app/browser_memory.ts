/** localStorage, which may be forbidden or full: then nothing is remembered, and nothing breaks. */
export const browserMemory = {
  read: (key: string): string | null => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (key: string, value: string): void => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Remembering is a comfort: without it the person chooses again next time.
    }
  },
};
