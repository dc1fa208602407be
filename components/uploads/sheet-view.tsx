'use client';

import { clsx } from 'clsx';
import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button-style';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { ROW_ERRORS } from '@/server/domain/order-sheet';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { SheetTable } from './sheet-table';

type Chip = { id: string; label: string; count: number };

/** The sheet under one line: chips by kind of error, what is chosen in the address, and the figures. */
export function SheetView({ upload, figures }: { upload: UploadDetail; figures: ReactNode }) {
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
    <div className="flex min-h-0 flex-col lg:min-h-96 lg:flex-1" data-density="compact">
      <div className="mb-2 flex flex-wrap items-center gap-x-5 gap-y-2 @min-[63rem]/upload:flex-nowrap">
        <fieldset className="flex min-w-0 flex-1 gap-1.5 overflow-x-auto @max-[63rem]/upload:basis-full @max-[63rem]/upload:flex-wrap @min-[63rem]/upload:[mask-image:linear-gradient(to_right,#000_calc(100%-1.5rem),transparent)] @min-[63rem]/upload:pr-6">
          <legend className="sr-only">{t('sheet.filter')}</legend>
          {chips.map(({ id, label, count }) => (
            <button
              key={id}
              type="button"
              aria-pressed={shown === id}
              onClick={() => set({ show: id })}
              className={clsx(
                'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium whitespace-nowrap pointer-coarse:h-10',
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
        {figures}
        {upload.invalid + upload.warned > 0 && (
          <a
            href={`/api/uploads/${upload.id}/errors`}
            download
            title={t('sheet.export')}
            className={buttonClass('secondary')}
          >
            <Download aria-hidden="true" className="size-4" />
            <span aria-hidden="true">CSV</span>
            <span className="sr-only">{t('sheet.export')}</span>
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
