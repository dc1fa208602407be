import { z } from 'zod';
import { CAPS, type Cap } from './caps';
import { readCurrency } from './currency';
import { readDayAlone } from './moment';
import { type NumberRule, readNumber } from './number';
import { mobileNumber, phoneNumber } from './phone';
import { hasLookalike, plainLine, plainNote } from './text';

/**
 * What the schemas of every entry point are built from: text that is made plain once and capped, phones, e-mails, numbers and currencies
 * that are read by their one rule. The message of an issue is the code of its sentence; its parameters travel in `params`.
 */

// Marks that go or compose make a text shorter: what arrives may be longer than what is kept, but not without end.
const arriving = (cap: Cap) => z.string({ error: 'required' }).max(CAPS[cap] * 4, 'too_long');
const limitedTo = (cap: Cap) => z.string().max(CAPS[cap], 'too_long');

/** One line of text that must hold something visible. */
export const line = (cap: Cap) => arriving(cap).transform(plainLine).pipe(limitedTo(cap).min(1, 'required'));

/** One line of text, or nothing: what is absent or holds nothing visible is null. */
export const lineOrNull = (cap: Cap) =>
  arriving(cap)
    .nullish()
    .transform((text) => plainLine(text ?? ''))
    .pipe(limitedTo(cap))
    .transform((text) => text || null);

/** A text of several lines, or null. */
export const noteOrNull = (cap: Cap) =>
  arriving(cap)
    .nullish()
    .transform((text) => plainNote(text ?? ''))
    .pipe(limitedTo(cap))
    .transform((text) => text || null);

/** What is looked for; '' where nothing of it is visible. */
export const searchText = arriving('search').transform(plainLine).pipe(limitedTo('search'));

/** A code that others name; it holds no `|`, which joins codes in a cell. */
export const code = (cap: Cap = 'code') => typed(cap).pipe(z.string().regex(/^[^|]+$/, 'bad_code'));

/** One line of text by which people know one thing from all others: in letters that they can type. */
export const typed = (cap: Cap) => line(cap).pipe(z.string().refine((text) => !hasLookalike(text), 'lookalike_letter'));

const emailText = z.email('bad_email');

/** An e-mail address in lower case. */
export const email = arriving('email')
  .transform((text) => plainLine(text).toLowerCase())
  .pipe(limitedTo('email').min(1, 'required').pipe(emailText));

/** An e-mail address in lower case, or null. */
export const emailOrNull = arriving('email')
  .nullish()
  .transform((text) => plainLine(text ?? '').toLowerCase() || null)
  .pipe(limitedTo('email').pipe(emailText).nullable());

/** The fields that are read as numbers, by their rules: a number of a workbook goes to them as `numberCell` gives it. */
const numberFields = new WeakMap<z.core.$ZodType, readonly NumberRule[]>();

/** The rules by which a field may read a number; none where it is no field of numbers. */
function rulesOfField(field: z.core.$ZodType): readonly NumberRule[] {
  // What is made of a number afterwards stands around it.
  return numberFields.get(field) ?? (field instanceof z.ZodPipe ? rulesOfField(field.in) : []);
}

/** The columns of numbers of a sheet whose rows are of this shape, with their rules. */
export function figuresOf(row: z.ZodObject): Record<string, readonly NumberRule[]> {
  const fields = Object.entries(row.shape).map(([name, field]) => [name, rulesOfField(field)] as const);
  return Object.fromEntries(fields.filter(([, rules]) => rules.length > 0));
}

/** Says of a field that it is one; of several rules, another field says which. */
export function asNumberField<Field extends z.ZodType>(field: Field, ...rules: readonly NumberRule[]): Field {
  numberFields.set(field, rules);
  return field;
}

type Reader = (written: string) => string | null;

const readBy = (read: Reader, problem: string) => (written: string, check: z.RefinementCtx<string>) => {
  const value = read(written);
  if (value !== null) return value;
  check.addIssue({ code: 'custom', message: plainLine(written) === '' ? 'required' : problem });
  return z.NEVER;
};

/** A Vietnamese mobile number in any form, as E.164. */
export const mobile = arriving('phone').transform(readBy(mobileNumber, 'bad_phone'));

/** Any phone as `phoneNumber` keeps it, or null. */
export const phoneOrNull = arriving('phone')
  .nullish()
  .transform((text) => text ?? '')
  .pipe(
    z.string().transform((text, check) => (plainLine(text) ? readBy(phoneNumber, 'bad_phone')(text, check) : null)),
  );

/** An ISO 4217 code, from any form that `readCurrency` reads. */
export const currency = arriving('shortCode').transform(readBy(readCurrency, 'bad_currency'));

/** A number by the one rule, as decimal text. */
export const number = (rule: NumberRule) => asNumberField(numberText(rule), rule);

const numberText = (rule: NumberRule) =>
  arriving('code').transform((written, check) => {
    if (plainLine(written) === '') {
      check.addIssue({ code: 'custom', message: 'required' });
      return z.NEVER;
    }
    const read = readNumber(written, rule);
    if ('value' in read) return read.value;
    check.addIssue({ code: 'custom', message: read.code, params: read.params });
    return z.NEVER;
  });

/** A number by the one rule as decimal text, or null. */
export const numberOrNull = (rule: NumberRule) =>
  asNumberField(
    arriving('code')
      .nullish()
      .transform((written) => plainLine(written ?? '') || null)
      .pipe(numberText(rule).nullable()),
    rule,
  );

/** One of a few words, in any case. */
export const choice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  arriving('code')
    .transform((written) => plainLine(written).toLowerCase())
    .pipe(z.string().min(1, 'required').pipe(z.enum(words, 'bad_choice')));

/** As `choice`; what is absent or empty is `fallback`. */
export const choiceOr = <const Words extends readonly [string, ...string[]]>(words: Words, fallback: Words[number]) =>
  arriving('code')
    .nullish()
    .transform((written) => plainLine(written ?? '').toLowerCase() || fallback)
    .pipe(z.enum(words, 'bad_choice'));

/** A day of a sheet as `YYYY-MM-DD`, in the forms of `readDayAlone`, of the centuries that a business of today can mean. */
export const day = arriving('code')
  .transform(readBy((written) => readDayAlone(plainLine(written)), 'bad_day'))
  .refine((value) => /^(19|20|21)/.test(value), 'bad_day');

/** A day of a sheet, or null. */
export const dayOrNull = arriving('code')
  .nullish()
  .transform((written) => plainLine(written ?? '') || null)
  .pipe(day.nullable());
