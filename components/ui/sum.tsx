import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Money } from './money';

export interface SumRow {
  id: string;
  label: ReactNode;
  /** Minor units, as they enter the sum: what is taken away is below zero. */
  minor: bigint;
  /** Where the figure comes from: "10 % of 84.500.000 đ". */
  note?: ReactNode;
  /** What opens under the row: its lines. */
  detail?: ReactNode;
}

export interface SumProps {
  rows: readonly SumRow[];
  total: { label: ReactNode; minor: bigint; note?: ReactNode };
  currency?: string;
  className?: string;
}

function Sign({ minor, first }: { minor: bigint; first: boolean }) {
  const t = useTranslations('ui.sum');
  if (first) return <span className="w-4" />;
  return (
    <span className="w-4 text-center text-ink-3">
      <span aria-hidden="true">{minor < 0n ? '−' : '+'}</span>
      <span className="sr-only">{minor < 0n ? t('minus') : t('plus')}</span>
    </span>
  );
}

function RowLine({ row, first, currency }: { row: SumRow; first: boolean; currency: string }) {
  const size = row.minor < 0n ? -row.minor : row.minor;
  return (
    <>
      <Sign minor={row.minor} first={first} />
      <span className="min-w-0 flex-1">
        <span className="font-medium">{row.label}</span>
        {row.note && <span className="block text-xs text-ink-3">{row.note}</span>}
      </span>
      <Money minor={first ? row.minor : size} currency={currency} />
    </>
  );
}

const line = 'flex items-baseline gap-3 px-(--cell-px) py-2.5';

/** A statement that reads as a sum: first the whole, then what is added and taken away, then what is left. */
export function Sum({ rows, total, currency = 'VND', className }: SumProps) {
  const t = useTranslations('ui.sum');
  return (
    <div className={clsx('card overflow-hidden', className)}>
      <ul className="divide-y">
        {rows.map((row, index) => (
          <li key={row.id}>
            {row.detail ? (
              <details className="group">
                <summary className={clsx(line, 'cursor-pointer -outline-offset-2 hover:bg-hover')}>
                  <RowLine row={row} first={index === 0} currency={currency} />
                </summary>
                <div className="border-t bg-sunken px-(--cell-px) py-3">{row.detail}</div>
              </details>
            ) : (
              <div className={line}>
                <RowLine row={row} first={index === 0} currency={currency} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <div className={clsx(line, 'border-t-2 border-line-control bg-sunken py-3')}>
        <span className="w-4 text-center text-ink-3">
          <span aria-hidden="true">=</span>
          <span className="sr-only">{t('equals')}</span>
        </span>
        <span className="min-w-0 flex-1 font-semibold">
          {total.label}
          {total.note && <span className="block text-xs font-normal text-ink-3">{total.note}</span>}
        </span>
        <Money minor={total.minor} currency={currency} className="text-lg font-semibold" />
      </div>
    </div>
  );
}
