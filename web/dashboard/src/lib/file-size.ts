const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** As a person says it: 1.4 MB. */
export function fileSize(bytes: number, language: string): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1_000)));
  const format = {
    style: 'unit',
    unit: UNITS[step],
    // In short, English would have said "2 byte".
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  } as const;
  return new Intl.NumberFormat(language, format).format(bytes / 1_000 ** step);
}
