import type { Language } from '../settings/settings.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** Making one takes longer than all it will ever write. */
const formatOf = (language: Language, unit: 'kilobyte' | 'megabyte'): Intl.NumberFormat => {
  const key = `${language} ${unit}`;
  const maximumFractionDigits = unit === 'kilobyte' ? 0 : 1;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits });
  formats.set(key, format);
  return format;
};

/** '84 kB', '1.2 MB': thousands, as browsers' own tools count. */
export const bytesText = (bytes: number, language: Language): string => {
  const kilo = bytes < 1_000_000;
  return formatOf(language, kilo ? 'kilobyte' : 'megabyte').format(
    bytes / (kilo ? 1000 : 1_000_000),
  );
};
