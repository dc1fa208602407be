import { createTranslator } from 'next-intl';
import { loadMessages } from '@/i18n/catalogue';
import type { CellProblem } from '@/server/domain/problems';
import { env } from '@/server/platform/env';
import { type PortalError, RowsRefused } from '@/server/platform/errors';

/** The sentence for people of an error, in the language of PORTAL_LANG, else Vietnamese. */
export async function sentence(error: PortalError): Promise<string> {
  const locale = cliLocale();
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'errors' });
  const key = error.code as Parameters<typeof t.has>[0];
  return t.has(key) ? t(key, error.params) : error.message;
}

/** Wrong cells as they are printed, each with its sentence. */
export async function printedCells(problems: readonly CellProblem[]) {
  const locale = cliLocale();
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'cells' });
  return problems.map(({ row, column, code, params }) => ({
    ...{ row, column, code },
    message: t(code as Parameters<typeof t.has>[0], params),
  }));
}

/** An error as it is printed: code and sentence, and where a sheet was refused every wrong cell of it. */
export async function printedError(error: PortalError) {
  const message = await sentence(error);
  if (!(error instanceof RowsRefused)) return { code: error.code, message };
  return { code: error.code, message, errors: await printedCells(error.problems) };
}

export const cliLocale = (): 'vi' | 'en' => env().PORTAL_LANG;
