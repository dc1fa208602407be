import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { type Tone, toneIcon, toneText } from './tone';

export interface StatTileProps {
  label: string;
  /** The figure: text, Money, a count. */
  value: ReactNode;
  hint?: ReactNode;
  /** Puts the icon of a meaning beside the label; the hint should say it in words. */
  tone?: Tone;
  href?: string;
  /** Marks the tile that filters what stands below. */
  current?: boolean;
}

export function StatTile({ label, value, hint, tone, href, current }: StatTileProps) {
  const Icon = tone ? toneIcon[tone] : null;
  const body = (
    <>
      <span className="flex items-center gap-1.5 text-xs text-ink-2">
        {Icon && tone && <Icon aria-hidden="true" className={clsx('size-3.5', toneText[tone])} />}
        {label}
      </span>
      <span className="mt-1 block text-base font-semibold">{value}</span>
      {hint && <div className="mt-0.5 text-xs text-ink-3">{hint}</div>}
    </>
  );
  const box = clsx('block min-w-0 p-(--card-p)', current ? 'bg-accent-soft' : 'bg-surface');
  if (!href) return <div className={box}>{body}</div>;
  return (
    <Link
      href={href}
      aria-current={current ? 'true' : undefined}
      className={clsx(box, '-outline-offset-2', !current && 'hover:bg-hover')}
    >
      {body}
    </Link>
  );
}

/** Tiles in one frame with hairlines between them. */
export function StatTiles({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={clsx(
        'grid grid-cols-2 gap-px max-sm:[&>*:last-child:nth-child(odd)]:col-span-2 overflow-hidden rounded-lg border bg-line sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]',
        className,
      )}
    >
      {children}
    </div>
  );
}
