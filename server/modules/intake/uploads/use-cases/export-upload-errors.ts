import { createTranslator } from 'next-intl';
import { loadMessages } from '@/i18n/catalogue';
import { branchScope } from '@/server/authorization/permissions';
import { csvLine } from '@/server/domain/csv';
import type { StaffActor } from '@/server/platform/actor';
import { recordRead } from '@/server/platform/reads';
import { listRowErrors, listRowWarnings, uploadDetail } from '../queries';

const BOM = '\uFEFF';

/**
 * The wrong cells of an upload, then its odd rows, as CSV (UTF-8 with BOM, formulas neutralised), with a sentence each, and the
 * record of who read them. Throws `not_found`.
 */
export async function exportUploadErrors({
  actor,
  id,
  locale,
}: {
  actor: StaffActor;
  id: string;
  locale: 'vi' | 'en';
}): Promise<string> {
  await uploadDetail({ actor, id });
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'uploads' });
  type Key = Parameters<typeof t.has>[0];
  const errors = await listRowErrors(id, branchScope(actor));
  if (errors.length > 0) await recordRead({ actor, entity: 'upload', entityId: id });
  const head = ['row', 'column', 'value', 'code', 'message'].map((name) => t(`export.${name}` as Key));
  const warnings = await listRowWarnings(id, branchScope(actor));
  const odd = warnings.map(({ row, code }) => csvLine([String(row), '', '', code, t(`rowWarnings.${code}` as Key)]));
  const lines = errors.map(({ row, column, value, code, params }) =>
    csvLine([String(row), column, value, code, t(`rowErrors.${code}` as Key, params)]),
  );
  return BOM + [csvLine(head), ...lines, ...odd].join('');
}
