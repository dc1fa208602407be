'use client';

import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import type { Cause } from '@/server/modules/operations/schema';

const PLACES: Partial<Record<Cause['kind'], string>> = {
  'uploads-failed': '/uploads',
  'statement-runs-failed': '/statements',
};

/** What hurts first: each cause with its reach, since when, and the way to it. */
export function CauseCards({ causes, currency }: { causes: Cause[]; currency: string }) {
  const t = useTranslations('operations');
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {causes.map(({ kind, count, since, money }) => (
        <li key={kind} className="card flex flex-col gap-2 p-4">
          <div className="flex items-baseline justify-between gap-3">
            <span className="tabular text-xl font-semibold">{count}</span>
            <StatusBadge tone={kind === 'events-waiting' ? 'notice' : 'wrong'}>{t(`cause.${kind}`)}</StatusBadge>
          </div>
          <p className="text-ink-2">{t.rich('since', { when: () => <DateTime value={since} /> })}</p>
          {money !== null && money > 0n ? <Money minor={money} currency={currency} /> : null}
          {PLACES[kind] ? (
            <LinkButton href={PLACES[kind]} variant="secondary" size="small" className="self-start">
              {t(`open.${kind}`)}
            </LinkButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
