import type { ReactNode } from 'react';

/** Facts of a thing, two in a line where both have room: with large text, or in a narrow place, one under the other. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(max(8.5rem,calc(50%-1rem)),1fr))] gap-x-4 gap-y-3">
      {children}
    </dl>
  );
}

/** One fact under its name. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
