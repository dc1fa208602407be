import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ChartPoint } from './chart-point';

export interface ChartTableProps {
  /** What the chart shows. */
  label: string;
  points: readonly ChartPoint[];
  /** Seen by everybody; otherwise it is there for who reads the page with a screen reader. */
  shown?: boolean;
}

/** The exact figures behind a chart. */
export function ChartTable({ label, points, shown }: ChartTableProps) {
  const t = useTranslations('ui.chart');
  const cell = 'border-b px-(--cell-px) py-1';
  const table = (
    <table className="w-full border-separate border-spacing-0">
      <caption className="sr-only">{label}</caption>
      <thead className="text-xs text-ink-2">
        <tr>
          <th scope="col" className={clsx(cell, 'text-left font-medium')}>
            {t('what')}
          </th>
          <th scope="col" className={clsx(cell, 'text-right font-medium')}>
            {t('value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.id}>
            <th scope="row" className={clsx(cell, 'text-left font-normal')}>
              {point.label}
            </th>
            <td className={clsx(cell, 'text-right font-medium')}>{point.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  // A table is never narrower than its words: what is for the ears alone has a box around it.
  return shown ? table : <div className="sr-only">{table}</div>;
}
