import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '@/i18n/locales';
import { ROW_ERRORS, ROW_WARNINGS } from '@/server/modules/intake/uploads/schema';

type Sentences = Record<string, string>;
const uploads = (locale: string) =>
  JSON.parse(readFileSync(`i18n/messages/${locale}/intake/uploads.json`, 'utf8')) as Record<
    'rowErrors' | 'rowWarnings' | 'kinds',
    Sentences
  >;

describe.each(LOCALES)('what is wrong with a row of a sheet has its words (%s)', (locale) => {
  const words = uploads(locale);
  it('as a sentence', () => expect(Object.keys(words.rowErrors).sort()).toEqual([...new Set(ROW_ERRORS)].sort()));
  it('as a kind on its chip', () => expect(Object.keys(words.kinds).sort()).toEqual([...new Set(ROW_ERRORS)].sort()));
  it('as a warning', () => expect(Object.keys(words.rowWarnings).sort()).toEqual([...ROW_WARNINGS].sort()));
});
