import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { rowsAboveSaid } from '@/server/domain/sheet-columns';
import type { HeaderFacts, Mapping } from '@/server/modules/intake/uploads/schema';

/** What of the file is not read: titles that no column was taken from, rows above the titles, and sheets beside the first. And what is read and nobody sees. */
export function useLeftOut(header: HeaderFacts, mapping: Mapping | null): { unread: string[]; hidden: string[] } {
  const t = useTranslations('uploads.leftOut');
  const used = new Set<number>(Object.values(mapping ?? {}));
  const repeated = new Map(header.duplicate.map(({ index, name }) => [index, name]));
  const columns = header.titles.flatMap((title, index) => {
    if (!title?.trim() || used.has(index)) return [];
    const column = repeated.get(index);
    return [column ? t('duplicate_column', { title, column }) : t('unknown_column', { title })];
  });
  const sheets = (header.sheet?.others ?? []).map((other) =>
    t('other_sheet', { sheet: header.sheet?.name ?? '', other }),
  );
  const above = header.above ? [t('rows_above', rowsAboveSaid(header.above, header.row ?? 1))] : [];
  const hidden = (header.hidden ?? []).map((title) => t('hidden_column', { title }));
  return { unread: [...sheets, ...above, ...columns], hidden };
}

/** The same in sentences, before anything is written. */
export function LeftOut({ header, mapping }: { header: HeaderFacts; mapping: Mapping | null }) {
  const t = useTranslations('uploads.leftOut');
  const { unread, hidden } = useLeftOut(header, mapping);
  return (
    <>
      <Sentences title={t('title')} sentences={unread} />
      <Sentences title={t('hiddenTitle')} sentences={hidden} />
    </>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Callout tone="notice" title={title}>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Callout>
  );
}
