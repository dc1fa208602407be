import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import type { HeaderFacts, Mapping } from '@/server/modules/intake/uploads/schema';

/** What of the file is not read: titles that no column was taken from, and sheets beside the first. */
export function LeftOut({ header, mapping }: { header: HeaderFacts; mapping: Mapping | null }) {
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
  const all = [...sheets, ...columns];
  if (all.length === 0) return null;
  return (
    <Callout tone="notice" title={t('title')}>
      <ul>
        {all.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Callout>
  );
}
