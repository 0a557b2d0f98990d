import type { Language } from '../settings/settings.ts';

type Forms = { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

const rules = new Map<Language, Intl.PluralRules>();
const numbers = new Map<Language, Intl.NumberFormat>();

const rulesOf = (language: Language): Intl.PluralRules => {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known;
};

const numbersOf = (language: Language): Intl.NumberFormat => {
  const known = numbers.get(language) ?? new Intl.NumberFormat(language);
  numbers.set(language, known);
  return known;
};

/** The form that this count takes in this language; '#' in it becomes the count. */
export const plural = (language: Language, count: number, forms: Forms): string => {
  const form = forms[rulesOf(language).select(count)] ?? forms.other;
  return form.replace('#', numbersOf(language).format(count));
};
