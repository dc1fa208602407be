import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface BarListItem {
  id: string;
  label: ReactNode;
  /** What the bar's length stands for; money goes through `shares`. */
  share: number;
  /** The exact figure beside it. */
  figure: ReactNode;
  hint?: ReactNode;
}

export interface BarListProps {
  label: string;
  items: readonly BarListItem[];
  className?: string;
}

/** Lengths of bars for amounts in minor units: parts of the largest, 0 to 1, exact to a thousandth. */
export function shares(amounts: readonly bigint[]): number[] {
  const largest = amounts.reduce((most, amount) => (amount > most ? amount : most), 0n);
  return amounts.map((amount) => (largest === 0n || amount < 0n ? 0 : Number((amount * 1000n) / largest) / 1000));
}

/** Amounts by kind, each with a bar under its name; the figures carry the meaning, the bars the proportion. */
export function BarList({ label, items, className }: BarListProps) {
  return (
    <ul aria-label={label} className={clsx('flex flex-col gap-3', className)}>
      {items.map((item) => (
        <li key={item.id}>
          <div className="flex items-baseline justify-between gap-4">
            <span className="min-w-0 truncate">{item.label}</span>
            <span className="shrink-0 font-medium">
              {item.figure}
              {item.hint && <span className="ml-2 font-normal text-ink-3">{item.hint}</span>}
            </span>
          </div>
          <div aria-hidden="true" className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-hover">
            <div className="h-full rounded-full bg-accent" style={{ width: `${item.share * 100}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
