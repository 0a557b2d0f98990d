import { type LookCode, lookCode, type WorldText } from '@flux/sdk';

export interface CastMember {
  readonly name: Required<WorldText>;
  readonly look: LookCode;
}

const member = (en: string, ko: string, look: number): CastMember => ({
  name: { en, ko },
  look: lookCode(look),
});

/** Ready-made people to begin with: the first of the cast that art/people dressed with care. */
export const CAST: readonly CastMember[] = [
  member('Pip', '핍', 3199984391),
  member('Mara', '마라', 301994000),
  member('Juno', '주노', 73478467),
  member('Rune', '룬', 2573456646),
  member('Otis', '오티스', 135963172),
  member('Sol', '솔', 646362130),
  member('Kit', '키트', 2207409713),
  member('Noor', '누르', 1078248997),
  member('Ada', '에이다', 1560756543),
  member('Bo', '보', 3427637117),
];
