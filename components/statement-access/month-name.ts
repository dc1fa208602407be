/** A month (YYYY-MM) as its readers write it: `10/2026` in Vietnamese, `October 2026` in English. */
export function monthName(month: string, locale: string): string {
  if (locale === 'vi') return `${month.slice(5)}/${month.slice(0, 4)}`;
  const format = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
