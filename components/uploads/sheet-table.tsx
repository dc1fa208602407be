'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useTRPC } from '@/components/api/trpc';
import { ListTable } from '@/components/kit/list/list-table';
import type { Column } from '@/components/ui/data-table-types';
import { Tooltip } from '@/components/ui/tooltip';
import { ORDER_COLUMNS } from '@/server/domain/order-sheet';
import type { RowErrorCode, SheetLine, UploadDetail } from '@/server/modules/intake/uploads/schema';

type CellError = SheetLine['errors'][number];

/** A wrong cell: marked, and explained on hover and on focus. */
function WrongCell({ text, error, title }: { text: string | null; error: CellError; title: string }) {
  const t = useTranslations('uploads');
  const sentence = t(`rowErrors.${error.code}`, error.params);
  return (
    <Tooltip text={sentence}>
      <AriaButton
        aria-label={`${title}: ${text ?? t('sheet.emptyCell')}. ${sentence}`}
        className="-outline-offset-2 inline-flex max-w-full items-center gap-1.5 rounded-md border border-wrong-line bg-wrong-soft px-1.5 py-0.5 text-left"
      >
        <CircleAlert aria-hidden="true" className="size-3.5 shrink-0 text-wrong" />
        <span className="truncate">{text?.trim() ? text : <i className="text-ink-2">{t('sheet.emptyCell')}</i>}</span>
      </AriaButton>
    </Tooltip>
  );
}

/** The row's number as the sheet shows it, with what became of the row; an odd one says why on hover and on focus. */
function RowNumber({ line }: { line: SheetLine }) {
  const t = useTranslations('uploads');
  const format = useFormatter();
  const number = format.number(line.row);
  const state = line.valid ? (
    <CircleCheck role="img" aria-label={t('sheet.ready')} className="size-3.5 shrink-0 text-good" />
  ) : (
    <CircleAlert role="img" aria-label={t('sheet.wrong')} className="size-3.5 shrink-0 text-wrong" />
  );
  if (!line.warning) {
    return (
      <span className="tabular flex items-center gap-1.5">
        {state}
        {number}
      </span>
    );
  }
  const sentence = t(`rowWarnings.${line.warning}`);
  return (
    <Tooltip text={sentence}>
      <AriaButton
        aria-label={`${t('sheet.row')} ${number}. ${sentence}`}
        className="tabular -outline-offset-2 inline-flex items-center gap-1.5 rounded-md border border-notice-line bg-notice-soft px-1 py-0.5"
      >
        {state}
        {number}
        <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0 text-notice" />
      </AriaButton>
    </Tooltip>
  );
}

const WIDTHS: Record<string, number> = {
  external_ref: 168,
  patient_name: 176,
  service_codes: 224,
  ordered_at: 168,
  note: 160,
  patient_sex: 96,
  payment: 104,
};

function useSheetColumns({ header, mapping, state }: UploadDetail): Column<SheetLine>[] {
  const t = useTranslations('uploads');
  const nameAt = new Map(ORDER_COLUMNS.map((name) => [mapping?.[name] ?? -1, name]));
  const written = state === 'committing' || state === 'committed';
  const first = header.titles.findIndex((title) => title?.trim());
  const own: Column<SheetLine>[] = [
    {
      id: 'row',
      header: t('sheet.row'),
      width: 88,
      cell: (line) => <RowNumber line={line} />,
    },
    ...(written
      ? [
          {
            id: 'order',
            header: t('sheet.order'),
            width: 152,
            frozen: true,
            cell: (line: SheetLine) =>
              line.orderId ? (
                <Link href={`/orders/${line.orderId}`} className="tabular text-accent-ink hover:underline">
                  {line.orderNumber}
                </Link>
              ) : (
                '—'
              ),
          },
        ]
      : []),
  ];
  const given = header.titles.flatMap((title, index): Column<SheetLine>[] => {
    if (!title?.trim()) return [];
    const name = nameAt.get(index);
    return [
      {
        id: `cell-${index}`,
        header: title,
        width: WIDTHS[name ?? ''] ?? 136,
        // What names a row for who sent the sheet stays with its number.
        frozen: index === first,
        cell: (line) => {
          const error = line.errors.find(({ column }) => column === name);
          const text = line.cells[index] ?? null;
          return error ? <WrongCell text={text} error={error} title={title} /> : text;
        },
      },
    ];
  });
  return [...own, ...given];
}

type Props = { upload: UploadDetail; code: RowErrorCode | null; only: 'wrong' | 'warned' | null };

/** The sheet itself, as it was read, row by row. */
export function SheetTable({ upload, code, only }: Props) {
  const t = useTranslations('uploads');
  const trpc = useTRPC();
  const sheet = useInfiniteQuery(
    trpc.uploads.sheet.infiniteQueryOptions(
      {
        id: upload.id,
        onlyWrong: only === 'wrong',
        onlyWarned: only === 'warned',
        limit: 200,
        ...(code ? { code } : {}),
      },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  return (
    <ListTable
      label={t('sheet.label')}
      columns={useSheetColumns(upload)}
      list={sheet}
      rowKey={(line) => String(line.row)}
      maxHeight="max-h-[60dvh] lg:max-h-none"
      none={{ icon: CircleCheck, title: t('sheet.none'), text: t('sheet.noneText') }}
    />
  );
}
