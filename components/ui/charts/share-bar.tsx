import { clsx } from 'clsx';
import { useFormatter } from 'next-intl';
import type { ChartPoint } from './chart-point';
import { partsOf } from './shapes';

export interface ShareBarProps {
  /** What the whole is. */
  label: string;
  /** Largest first; the fifth and what comes after it are one grey. */
  points: readonly ChartPoint[];
  className?: string;
}

const SHADES = ['bg-share-1', 'bg-share-2', 'bg-share-3', 'bg-share-4', 'bg-share-5'];
const shadeOf = (at: number) => SHADES[Math.min(at, SHADES.length - 1)];

/** What a whole is made of: one bar, and under it each part with its figure. It is a plain picture, without a script. */
export function ShareBar({ label, points, className }: ShareBarProps) {
  const { number } = useFormatter();
  const parts = partsOf(points.map(({ value }) => value));
  return (
    <figure aria-label={label} className={clsx('flex flex-col gap-2', className)}>
      <div aria-hidden="true" className="flex h-3 gap-0.5 overflow-hidden rounded-full bg-hover">
        {points.map((point, at) => (
          <span key={point.id} className={shadeOf(at)} style={{ width: `${(parts[at] ?? 0) * 100}%` }} />
        ))}
      </div>
      <ul aria-label={label} className="flex flex-col gap-1">
        {points.map((point, at) => (
          <li key={point.id} className="flex flex-wrap items-baseline gap-x-2">
            <span aria-hidden="true" className={clsx('size-2.5 shrink-0 rounded-[2px]', shadeOf(at))} />
            <span className="min-w-0 flex-1 basis-24 break-words">{point.label}</span>
            <span className="w-12 shrink-0 text-right text-xs text-ink-3">
              {number(parts[at] ?? 0, { style: 'percent', maximumFractionDigits: 0 })}
            </span>
            <span className="min-w-28 shrink-0 text-right font-medium whitespace-nowrap">{point.text}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
