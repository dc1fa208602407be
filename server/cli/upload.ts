import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createTranslator } from 'next-intl';
import { loadMessages } from '@/i18n/catalogue';
import { rowsAboveSaid } from '@/server/domain/sheet-columns';
import { finishUpload } from '@/server/modules/intake/uploads/public/finish-upload';
import { planUploadChunks } from '@/server/modules/intake/uploads/public/plan-upload-chunks';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import type { HeaderFacts, RowError } from '@/server/modules/intake/uploads/schema';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { listUploadErrors } from '@/server/modules/intake/uploads/use-cases/list-upload-errors';
import { publishRateCardSheet } from '@/server/modules/intake/uploads/use-cases/publish-rate-card-sheet';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import type { Actor } from '@/server/platform/actor';
import { PortalError, RowsRefused } from '@/server/platform/errors';
import { type Command, WrongUsage } from './command';
import { cliLocale, printedCells, sentence } from './sentence';

type OrdersFile = { actor: Actor; file: string; dryRun: boolean; allOrNothing: boolean };

/** The sentence of a wrong cell, or an odd row, of an orders sheet, in the reader's language. */
async function rowSentences(kind: 'rowErrors' | 'rowWarnings') {
  const locale = cliLocale();
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'uploads' });
  return ({ code, params }: Pick<RowError, 'params'> & { code: string }) =>
    t(`${kind}.${code}` as Parameters<typeof t.has>[0], params);
}

/**
 * What of a sheet is not read, or read unseen, each with its sentence: titles that nobody asked for or that name a column again, rows
 * above the titles, hidden columns, and sheets beside the first. The row is that of the titles.
 */
async function leftOut({ row = 1, above, unknown, duplicate, sheet, hidden = [] }: HeaderFacts) {
  const locale = cliLocale();
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'uploads' });
  const found = (code: string, params: Record<string, string>) => ({
    ...{ row, code },
    message: t(`leftOut.${code}` as Parameters<typeof t.has>[0], params),
  });
  return [
    ...unknown.map(({ title }) => found('unknown_column', { title })),
    ...duplicate.map(({ title, name }) => found('duplicate_column', { title, column: name })),
    ...(above ? [found('rows_above', rowsAboveSaid(above, row))] : []),
    ...hidden.map((title) => found('hidden_column', { title })),
    ...(sheet?.others ?? []).map((other) => found('other_sheet', { sheet: sheet?.name ?? '', other })),
  ];
}

async function mustBeFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new PortalError('not-found', 'no_such_file', { params: { file } });
}

/**
 * Writes the ready rows here and now, by the same chunks as the background would: whoever comes first writes a chunk, the other
 * finds it done. So it works before anything runs, and if this process dies, the background ends the work.
 */
async function writeHere(actor: Actor, id: string): Promise<void> {
  for (const range of await planUploadChunks({ id })) await writeUploadChunk({ actor, id, range });
  await finishUpload({ actor, id });
}

/**
 * Receives, checks and, unless it is a dry run, commits a sheet of orders. Answers what the command prints: counts, every wrong
 * cell and every odd row with its sentence, lines and money of the ready rows. Throws `upload_refused` where all or nothing was asked and some rows are wrong.
 */
export async function uploadOrdersFile({ actor, file, dryRun, allOrNothing }: OrdersFile) {
  await mustBeFile(file);
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName: file, content: createReadStream(file) });
  const checked = await checkUpload({ actor, id });
  if (!dryRun && (checked.valid > 0 || allOrNothing)) {
    await commitUpload({ actor, id, allOrNothing });
    await writeHere(actor, id);
  }
  const upload = await showUpload({ id });
  const [wrong, oddity] = await Promise.all([rowSentences('rowErrors'), rowSentences('rowWarnings')]);
  const { errors, warnings } = await listUploadErrors({ actor, id });
  const { rows, valid, invalid, lines, netTotal, currency, patientsNew } = upload;
  const odd = [
    ...(await leftOut(upload.header)),
    ...warnings.map(({ row, code }) => ({ row, code, message: oddity({ code, params: {} }) })),
  ];
  return {
    ...{ id, rows, valid, invalid },
    errors: errors.map((error) => ({
      row: error.row,
      column: error.column,
      code: error.code,
      message: wrong(error),
    })),
    ...(odd.length > 0 && { warnings: odd }),
    ...{ lines, netTotal, currency, patientsNew },
  };
}

/**
 * Receives and checks a sheet of rate cards and, unless it is a dry run, publishes it whole. Answers the shape of
 * `uploadOrdersFile`; `lines` are prices, and `diff` is what each version changes against the prices in force. A sheet with a wrong
 * cell is refused whole, in the dry run too: it has an `error` then, and no lines.
 */
async function uploadRateCardsFile({ actor, file, dryRun }: Omit<OrdersFile, 'allOrNothing'>) {
  await mustBeFile(file);
  const { id } = await receiveUpload({ actor, kind: 'rate-cards', fileName: file, content: createReadStream(file) });
  const { errors, warnings: odd, differences, ...counts } = await publishRateCardSheet({ actor, id, dryRun });
  const { currency, header } = await showUpload({ id });
  const warnings = [...(await leftOut(header)), ...(await printedCells(odd))];
  const refusal = errors.length > 0 ? new RowsRefused(errors, path.basename(file)) : null;
  return {
    id,
    ...(refusal && { error: { code: refusal.code, message: await sentence(refusal) } }),
    ...counts,
    errors: await printedCells(errors),
    ...(warnings.length > 0 && { warnings }),
    ...{ lines: refusal ? 0 : counts.valid, netTotal: 0, currency, patientsNew: 0 },
    diff: differences,
  };
}

export const uploadCommands: Record<string, Command> = {
  'upload orders': {
    usage: 'upload orders <file> [--dry-run] [--all-or-nothing]',
    run: async ({ positional, flags }, actor) => {
      const [file] = positional;
      if (!file || positional.length > 1) throw new WrongUsage('one file is needed');
      return uploadOrdersFile({
        actor,
        file,
        dryRun: flags['dry-run'] !== undefined,
        allOrNothing: flags['all-or-nothing'] !== undefined,
      });
    },
  },
  'upload rate-cards': {
    usage: 'upload rate-cards <file> [--dry-run]',
    run: async ({ positional, flags }, actor) => {
      const [file] = positional;
      if (!file || positional.length > 1) throw new WrongUsage('one file is needed');
      return uploadRateCardsFile({ actor, file, dryRun: flags['dry-run'] !== undefined });
    },
    hasFailed: (answer) => typeof answer === 'object' && answer !== null && 'error' in answer,
  },
};
