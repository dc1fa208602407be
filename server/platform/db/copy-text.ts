const SPECIAL: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** PostgreSQL stores no NUL and no half of a surrogate pair. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '');

/** A value in COPY's text format (PostgreSQL 18, COPY, text format). */
export const copyText = (value: string | null): string =>
  value === null ? '\\N' : storable(value).replace(/[\\\t\n\r]/g, (sign) => SPECIAL[sign] ?? sign);

/** An array of texts as PostgreSQL reads one. */
export const arrayText = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
