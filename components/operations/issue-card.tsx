import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { StatusBadge } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/date-time';
import type { Tone } from '@/components/ui/tone';

type Props = {
  title: string;
  tone: Tone;
  /** How many there are, in words. */
  count: string;
  /** What it means for people, or why it came. */
  children: ReactNode;
  /** People and money that wait with it, each a figure with its word. */
  figures: readonly { id: string; said: ReactNode }[];
  tiers?: ReactNode;
  since: Date;
  latest?: Date;
  /** The one safe action, and the way to look closer. */
  actions?: ReactNode;
};

/** One issue: what, why, its impact, since when, and what can safely be done. */
export function IssueCard({ title, tone, count, children, figures, tiers, since, latest, actions }: Props) {
  const t = useTranslations('operations');
  return (
    <li className="card flex min-w-0 flex-col gap-3 p-(--card-p)">
      <div className="flex items-start justify-between gap-3">
        <h3 className="min-w-0 font-semibold">{title}</h3>
        <StatusBadge tone={tone} className="tabular mt-px shrink-0">
          {count}
        </StatusBadge>
      </div>
      <p className="text-ink-2">{children}</p>
      {(figures.length > 0 || tiers) && (
        <ul aria-label={t('failure.reach')} className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
          {figures.map(({ id, said }) => (
            <li key={id} className="tabular text-base font-semibold">
              {said}
            </li>
          ))}
          {tiers && <li className="flex flex-wrap gap-1.5">{tiers}</li>}
        </ul>
      )}
      <p className="text-xs text-ink-3">
        {t.rich('since', { when: () => <DateTime value={since} /> })}
        {latest && latest.getTime() !== since.getTime() && (
          <> · {t.rich('failure.latest', { when: () => <DateTime value={latest} /> })}</>
        )}
      </p>
      {actions && <div className="mt-auto flex flex-wrap gap-2 pt-1">{actions}</div>}
    </li>
  );
}
