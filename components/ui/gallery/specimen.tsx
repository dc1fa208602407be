import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** The sections of the gallery, in reading order; each is also an address (#fields). */
export const SECTIONS = [
  'colour',
  'type',
  'buttons',
  'fields',
  'choices',
  'status',
  'feedback',
  'overlays',
  'table',
  'lists',
  'charts',
  'sums',
  'files',
  'till',
] as const;
export type SectionId = (typeof SECTIONS)[number];

export function Section({ id, children }: { id: SectionId; children: ReactNode }) {
  const t = useTranslations('design.sections');
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-20 border-t pt-8 pb-12 first:border-t-0 first:pt-0"
    >
      <h2 id={`${id}-title`} className="text-lg font-semibold">
        {t(`${id}.title`)}
      </h2>
      <p className="mt-1 mb-6 max-w-2xl text-ink-2">{t(`${id}.text`)}</p>
      <div className="flex flex-col gap-6">{children}</div>
    </section>
  );
}

/** Parts under their name in code, on the ground on which they are used. */
export function Specimen({
  name,
  children,
  plain,
  className,
}: {
  name: string;
  children: ReactNode;
  plain?: boolean;
  className?: string;
}) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 font-mono text-xs text-ink-3">{name}</figcaption>
      <div className={clsx(!plain && 'card p-5', className)}>{children}</div>
    </figure>
  );
}
