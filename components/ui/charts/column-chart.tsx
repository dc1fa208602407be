'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useState } from 'react';
import type { ChartPoint } from './chart-point';
import { ChartTable } from './chart-table';
import { changeOf, columnHeights } from './shapes';

export interface ColumnChartProps {
  /** What the columns show. */
  label: string;
  /** In order of time; a change is measured against the one before. */
  points: readonly ChartPoint[];
  /** The one that the page is about: it stands out, and is read while no other is looked at. The last one when left out. */
  current?: string;
  /** Where a press on a column leads. */
  hrefOf?: (id: string) => string;
  /** Height of the columns in px. */
  height?: number;
  className?: string;
}

const STEPS: Partial<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** Values one after another as columns: hovered or reached by arrows, each says its figure and how it differs from the one before. */
export function ColumnChart({ label, points, current, hrefOf, height = 48, className }: ColumnChartProps) {
  const [lookedAt, lookAt] = useState<number | null>(null);
  const heights = columnHeights(points.map(({ value }) => value));
  const last = points.length - 1;
  const named = points.findIndex(({ id }) => id === current);
  const standing = named >= 0 ? named : last;
  const at = lookedAt ?? standing;
  const chart = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const next = STEPS[event.key]?.(at, last);
    if (next === undefined) return;
    event.preventDefault();
    document.getElementById(`${chart}-${next}`)?.focus();
  };
  return (
    <div className={clsx('flex min-w-0 flex-wrap items-end gap-3', className)}>
      <ul
        aria-label={label}
        onKeyDown={onKeyDown}
        onPointerLeave={() => lookAt(null)}
        onBlur={() => lookAt(null)}
        style={{ height }}
        className="flex min-w-0 flex-1 basis-32 items-stretch justify-end"
      >
        {points.map((point, index) => (
          <Column
            key={point.id}
            id={`${chart}-${index}`}
            point={point}
            href={hrefOf?.(point.id)}
            part={heights[index] ?? 0}
            look={index === at ? 'looked' : index === standing ? 'standing' : 'rest'}
            reached={index === at}
            isCurrent={point.id === current}
            onLook={() => lookAt(index)}
          />
        ))}
      </ul>
      <Readout point={points[at]} before={points[at - 1]} />
      <ChartTable label={label} points={points} />
    </div>
  );
}

type ColumnProps = {
  id: string;
  point: ChartPoint;
  href: string | undefined;
  part: number;
  look: 'looked' | 'standing' | 'rest';
  /** The one that Tab comes to. */
  reached: boolean;
  isCurrent: boolean;
  onLook: () => void;
};

function Column({ id, point, href, part, look, reached, isCurrent, onLook }: ColumnProps) {
  const says = `${point.label}: ${point.text}`;
  const shared = {
    id,
    tabIndex: reached ? 0 : -1,
    'aria-label': says,
    onFocus: onLook,
    className: 'flex h-full items-end rounded-sm px-px -outline-offset-2',
  };
  const column = (
    <span
      aria-hidden="true"
      style={{ height: `max(${part * 100}%, 2px)` }}
      className={clsx(
        'w-full rounded-t-[2px]',
        look === 'looked' ? 'bg-accent' : look === 'standing' ? 'bg-share-2' : 'bg-share-4',
      )}
    />
  );
  return (
    <li onPointerEnter={onLook} className="max-w-8 min-w-0 flex-1">
      {href ? (
        <Link href={href} aria-current={isCurrent ? 'page' : undefined} {...shared}>
          {column}
        </Link>
      ) : (
        <button type="button" {...shared} className={`${shared.className} w-full`}>
          {column}
        </button>
      )}
    </li>
  );
}

/** The figure that is looked at, and how it differs from the one before. */
function Readout({ point, before }: { point: ChartPoint | undefined; before: ChartPoint | undefined }) {
  const t = useTranslations('ui.chart');
  const { number } = useFormatter();
  if (!point) return null;
  const change = changeOf(point.value, before?.value);
  const part =
    change === null ? '' : number(change, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 1 });
  return (
    <p aria-hidden="true" data-readout="" className="w-44 max-w-full shrink-0 text-xs leading-4 text-ink-2">
      <span className="block">{point.label}</span>
      <span className="block truncate text-sm leading-4 font-semibold text-ink">{point.text}</span>
      <span className="block truncate">
        {change === null || !before ? t('noChange') : t('change', { part, before: before.label })}
      </span>
    </p>
  );
}
