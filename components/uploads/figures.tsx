import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Figure = {
  label: string;
  value: ReactNode;
  /** Said on hover, and to who hears the page. */
  hint?: string;
  className?: string;
};

/** What a sheet comes to, in one line over it. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="grid max-w-full grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-x-5 gap-y-2 max-sm:w-full sm:flex @min-[63rem]/upload:shrink-0 sm:flex-wrap @min-[63rem]/upload:flex-nowrap">
      {figures.map(({ label, value, hint, className }) => (
        <div key={label} title={hint} className="min-w-0">
          <dt className="text-xs text-ink-2">{label}</dt>
          <dd className={clsx('tabular whitespace-nowrap text-base leading-5 font-semibold', className)}>
            {value}
            {hint && <span className="sr-only">, {hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
