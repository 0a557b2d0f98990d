/**
 * Lets the browser know of all parts of the type family. Only the part with Latin letters is in the first
 * style sheet: this list alone is longer than everything else the door needs.
 */
export const knowAllLetters = (): void => {
  import('./korean.css').catch(() => undefined); // then the system's own letters are shown
};
