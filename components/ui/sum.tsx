import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { MainFigure } from './main-figure';
import { Money } from './money';
import { moneyText } from './money-text';

export interface SumRow {
  id: string;
  label: ReactNode;
  /** Minor units, as they enter the sum: what is taken away is below zero. */
  minor: bigint;
  /** How many things the amount is of: in a column of its own. */
  count?: number;
  /** Where the figure comes from: "10 % of 84.500.000 đ". */
  note?: ReactNode;
  /** What the sum comes from, and no part of it: the revenue that a commission is a percentage of. */
  basis?: boolean;
  /** What opens under the row: its lines. */
  detail?: ReactNode;
}

export interface SumProps {
  rows: readonly SumRow[];
  /** `main`: it is what matters most on the page, and stands at 28. */
  total: { label: ReactNode; minor: bigint; note?: ReactNode; main?: boolean };
  /** Heads of the columns; the one of the amounts names the currency, once. */
  heads: { count?: string; amount: string };
  currency?: string;
  className?: string;
}

const line = 'flex flex-wrap items-baseline gap-x-3 px-(--cell-px)';
const labelPlace = 'min-w-0 flex-1 basis-[min(9rem,calc(100%-1.75rem))] [overflow-wrap:anywhere]';
const countPlace = 'w-16 shrink-0 text-right text-ink-2 @max-[24rem]/sum:hidden';
const amountPlace = 'ml-auto min-w-28 shrink-0 text-right';

function Sign({ row, first }: { row: SumRow; first: boolean }) {
  const t = useTranslations('ui.sum');
  if (row.basis || first || row.minor === 0n) return <span className="w-4 shrink-0" />;
  return (
    <span className="w-4 shrink-0 text-center text-ink-3">
      <span aria-hidden="true">{row.minor < 0n ? '−' : '+'}</span>
      <span className="sr-only">{row.minor < 0n ? t('minus') : t('plus')}</span>
    </span>
  );
}

function RowLine({ row, first, currency }: { row: SumRow; first: boolean; currency: string }) {
  const { number } = useFormatter();
  const size = row.minor < 0n ? -row.minor : row.minor;
  return (
    <>
      <Sign row={row} first={first} />
      <span className={labelPlace}>
        <span className={row.basis ? 'text-ink-2' : 'font-medium'}>{row.label}</span>
        {row.detail && (
          <ChevronDown aria-hidden="true" className="ml-1 inline size-3.5 text-ink-3 group-open:rotate-180" />
        )}
        {row.note && <span className="block text-xs text-ink-3">{row.note}</span>}
      </span>
      <span className={countPlace}>{row.count !== undefined && number(row.count)}</span>
      <span className={clsx(amountPlace, row.basis ? 'text-ink-2' : 'font-medium')}>
        <Money minor={first || row.basis ? row.minor : size} currency={currency} withCurrency={false} />
      </span>
    </>
  );
}

/**
 * A statement that reads as a sum: what it comes from, then what is added and taken away, then what is left. All amounts stand in one
 * column, counts in their own; lines are folded under the row that they make up.
 */
export function Sum({ rows, total, heads, currency = 'VND', className }: SumProps) {
  const firstAdded = rows.findIndex(({ basis }) => !basis);
  return (
    <div className={clsx('card @container/sum overflow-hidden', className)}>
      <div aria-hidden="true" className={clsx(line, 'border-b bg-sunken py-1.5 text-xs text-ink-2')}>
        <span className="w-4" />
        <span className={labelPlace} />
        <span className={countPlace}>{heads.count}</span>
        <span className={amountPlace}>{heads.amount}</span>
      </div>
      <ul className="divide-y">
        {rows.map((row, index) => (
          <li key={row.id}>
            {row.detail ? (
              <details className="group">
                <summary
                  className={clsx(
                    line,
                    'cursor-pointer list-none py-2.5 -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden',
                  )}
                >
                  <RowLine row={row} first={index === firstAdded} currency={currency} />
                </summary>
                <div className="border-t bg-sunken py-2">{row.detail}</div>
              </details>
            ) : (
              <div className={clsx(line, 'py-2.5')}>
                <RowLine row={row} first={index === firstAdded} currency={currency} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <Total total={total} currency={currency} />
    </div>
  );
}

function Total({ total, currency }: { total: SumProps['total']; currency: string }) {
  const t = useTranslations('ui.sum');
  const text = moneyText(total.minor, currency, useLocale());
  return (
    <div className={clsx(line, 'border-t-2 border-line-control bg-sunken py-3')}>
      <span className="w-4 shrink-0 text-center text-ink-3">
        <span aria-hidden="true">=</span>
        <span className="sr-only">{t('equals')}</span>
      </span>
      <span className={clsx(labelPlace, 'font-semibold')}>
        {total.label}
        {total.note && <span className="block text-xs font-normal text-ink-3">{total.note}</span>}
      </span>
      {total.main ? (
        <MainFigure className="grow basis-44 text-right">{text}</MainFigure>
      ) : (
        <span className={clsx(amountPlace, 'text-base font-semibold whitespace-nowrap')}>{text}</span>
      )}
    </div>
  );
}

export interface SumLine {
  id: string;
  label: ReactNode;
  minor: bigint;
  count?: number;
  /** Length of the bar under it, 0 to 1. */
  share?: number;
}

/** Lines under a row of a sum, in its columns; a bar shows how large each is among the others. */
export function SumLines({ lines, currency, label }: { lines: readonly SumLine[]; currency: string; label: string }) {
  const { number } = useFormatter();
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {lines.map(({ id, label: name, minor, count, share }) => (
        <li key={id}>
          <div className={line}>
            <span className="w-4 shrink-0" />
            <span className={labelPlace}>{name}</span>
            <span className={countPlace}>{count !== undefined && number(count)}</span>
            <Money minor={minor} currency={currency} withCurrency={false} className={amountPlace} />
          </div>
          {share !== undefined && (
            <div
              aria-hidden="true"
              className="mx-(--cell-px) mt-1 ml-[calc(var(--cell-px)+1.75rem)] h-1 overflow-hidden rounded-full bg-hover"
            >
              <div className="h-full rounded-full bg-share-2" style={{ width: `${share * 100}%` }} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
