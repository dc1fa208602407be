'use client';

import { clsx } from 'clsx';
import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button-style';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { ROW_ERRORS } from '@/server/domain/order-sheet';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { SheetTable } from './sheet-table';

type Chip = { id: string; label: string; count: number };

/** Chips by kind of error over the sheet; what is chosen stands in the address. */
export function SheetView({ upload }: { upload: UploadDetail }) {
  const t = useTranslations('uploads');
  const format = useFormatter();
  const { get, set } = useUrlFilters();
  const shown = get('show');
  const code = ROW_ERRORS.find((one) => one === shown) ?? null;
  const chips: Chip[] = [
    { id: '', label: t('sheet.all'), count: upload.rows },
    ...(upload.invalid > 0 ? [{ id: 'wrong', label: t('sheet.onlyWrong'), count: upload.invalid }] : []),
    ...(upload.warned > 0 ? [{ id: 'warned', label: t('sheet.warned'), count: upload.warned }] : []),
    ...upload.errorsByCode.map(({ code: kind, rows }) => ({ id: kind, label: t(`kinds.${kind}`), count: rows })),
  ];
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">{t('sheet.filter')}</legend>
          {chips.map(({ id, label, count }) => (
            <button
              key={id}
              type="button"
              aria-pressed={shown === id}
              onClick={() => set({ show: id })}
              className={clsx(
                'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium',
                shown === id
                  ? 'border-accent-line bg-accent-soft text-accent-ink'
                  : 'border-line bg-surface text-ink-2 hover:bg-hover',
              )}
            >
              {label}
              <span className="tabular text-ink-3">{format.number(count)}</span>
            </button>
          ))}
        </fieldset>
        {upload.invalid + upload.warned > 0 && (
          <a
            href={`/api/uploads/${upload.id}/errors`}
            download
            className={clsx(buttonClass('quiet', 'small'), 'inline-flex items-center gap-1.5')}
          >
            <Download aria-hidden="true" className="size-3.5" />
            {t('sheet.export')}
          </a>
        )}
      </div>
      <SheetTable
        key={shown}
        upload={upload}
        code={code}
        only={shown === 'wrong' || shown === 'warned' ? shown : null}
      />
    </div>
  );
}
