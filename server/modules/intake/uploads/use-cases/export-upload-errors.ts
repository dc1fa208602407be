import { createTranslator } from 'next-intl';
import { loadMessages } from '@/i18n/catalogue';
import { branchScope } from '@/server/authorization/permissions';
import { csvLine } from '@/server/domain/csv';
import type { StaffActor } from '@/server/platform/actor';
import { readPart } from '@/server/platform/bulk-reads';
import { recordRead } from '@/server/platform/reads';
import { oddRows, uploadDetail, wrongCells } from '../queries';

const BOM = '\uFEFF';

async function* inTurn<Row>({ id }: StaffActor, parts: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  for (;;) {
    const part = await readPart(id, () => parts.next());
    if (part.done) return;
    yield part.value;
  }
}

/**
 * The wrong cells of an upload, then its odd rows, as CSV (UTF-8 with BOM, formulas neutralised), with a sentence each, as they are read;
 * and the record of who read them. Throws `not_found`.
 */
export async function exportUploadErrors({
  actor,
  id,
  locale,
}: {
  actor: StaffActor;
  id: string;
  locale: 'vi' | 'en';
}): Promise<AsyncGenerator<string>> {
  await uploadDetail({ actor, id });
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'uploads' });
  type Key = Parameters<typeof t.has>[0];
  const branch = branchScope(actor);
  async function* lines(): AsyncGenerator<string> {
    yield BOM + csvLine(['row', 'column', 'value', 'code', 'message'].map((name) => t(`export.${name}` as Key)));
    let recorded = false;
    for await (const cells of inTurn(actor, wrongCells(id, branch))) {
      if (!recorded) await recordRead({ actor, entity: 'upload', entityId: id });
      recorded = true;
      const texts = cells.map(({ row, column, value, code, params }) =>
        csvLine([String(row), column, value, code, t(`rowErrors.${code}` as Key, params)]),
      );
      yield texts.join('');
    }
    for await (const rows of inTurn(actor, oddRows(id, branch))) {
      const texts = rows.map(({ row, code }) => csvLine([String(row), '', '', code, t(`rowWarnings.${code}` as Key)]));
      yield texts.join('');
    }
  }
  return lines();
}
