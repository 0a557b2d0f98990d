const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const FINALS = 28; // a syllable block's last part: none, or one of 27
const RIEUL = 8;

/** '광장으로', '정원으로', '바다로', '서울로': Korean's "towards" follows the sound a name ends with. */
export const towards = (name: string): string => {
  const last = name.trim().codePointAt(name.trim().length - 1) ?? 0;
  if (last < HANGUL_FIRST || last > HANGUL_LAST) return `${name}(으)로`;
  const final = (last - HANGUL_FIRST) % FINALS;
  return final === 0 || final === RIEUL ? `${name}로` : `${name}으로`;
};
