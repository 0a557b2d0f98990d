import type { Language } from '../settings/settings.ts';

/** '84 kB', '1.2 MB': thousands, as browsers' own tools count. */
export const bytesText = (bytes: number, language: Language): string => {
  const kilo = bytes < 1_000_000;
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: kilo ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: kilo ? 0 : 1,
  });
  return format.format(bytes / (kilo ? 1000 : 1_000_000));
};
