export const TINTS = 8;

/** Which of the tints of chat.css a name has: always the same, so that one sees who speaks. */
export const nameTint = (name: string): number => {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return hash % TINTS;
};
