import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

const bone = 'rounded-md bg-hover';

/** One grey bar with the size of what will stand there. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('block h-4', bone, className)} />;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const widths = ['w-full', 'w-11/12', 'w-4/5', 'w-2/3'];

export function SkeletonText({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <span aria-hidden="true" className={clsx('flex flex-col gap-2', className)}>
      {upTo(lines).map((line) => (
        <Skeleton key={line} className={clsx('h-3', widths[line % widths.length])} />
      ))}
    </span>
  );
}

export function SkeletonTiles({ count = 4 }: { count?: number }) {
  return (
    <div aria-hidden="true" className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {upTo(count).map((tile) => (
        <div key={tile} className="card flex flex-col gap-3 p-(--card-p)">
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-7 w-24" />
        </div>
      ))}
    </div>
  );
}

export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-hidden="true" className="card divide-y">
      {upTo(rows).map((row) => (
        <div key={row} className="flex h-(--row-h) items-center gap-4 px-(--cell-px)">
          <Skeleton className="h-3 w-24" />
          <Skeleton className={clsx('h-3 flex-1', row % 2 ? 'max-w-64' : 'max-w-48')} />
          <Skeleton className="ml-auto h-3 w-20" />
        </div>
      ))}
    </div>
  );
}

/** Wraps skeletons: says once that something loads, and keeps the bars themselves silent. */
export function Loading({ children, className }: { children: ReactNode; className?: string }) {
  const t = useTranslations('ui.skeleton');
  return (
    <div role="status" aria-live="polite" className={className}>
      <span className="sr-only">{t('loading')}</span>
      {children}
    </div>
  );
}
