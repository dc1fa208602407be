import { CAPS, type Cap } from './caps';
import { plainLine } from './text';

/**
 * How the filters of a list are read from an address: by browser and server alike, so without the schemas, which would bring their
 * library to every list. What a reader takes the schema of the list takes too; a test holds it.
 */

/** Answers undefined for what is none. */
export type FieldReader<Value extends string = string> = (written: string) => Value | undefined;
export type FieldReaders = Readonly<Record<string, FieldReader>>;

/** One line of text up to a cap. */
export const textUpTo =
  (cap: Cap): FieldReader =>
  (written) => {
    const text = written.length <= CAPS[cap] * 4 ? plainLine(written) : '';
    return text.length > 0 && text.length <= CAPS[cap] ? text : undefined;
  };

export const oneOf =
  <const Word extends string>(words: readonly Word[]): FieldReader<Word> =>
  (written) =>
    words.find((word) => word === written);

/** `name` ascends, `-name` descends. */
export const sortOf =
  <const Name extends string>(names: readonly Name[]): FieldReader<Name | `-${Name}`> =>
  (written) =>
    names.flatMap((name) => [name, `-${name}` as const]).find((sort) => sort === written);

/** A day (YYYY-MM-DD) that there is, of the centuries that a business of today can mean. */
export const dayOf: FieldReader = (written) => {
  const [, year, month, day] = /^((?:18|19|20|21)\d{2})-(\d{2})-(\d{2})$/.exec(written)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? written : undefined;
};
