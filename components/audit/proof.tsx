'use client';

import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { StatusBadge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import { dateTimeText } from '@/components/ui/day-text';
import { DEFAULT_TIME_ZONE } from '@/i18n/locales';

/** How far the trail is sealed. */
export function ProofSeal() {
  const t = useTranslations('audit.proof');
  const { data: chain } = useQuery(useTRPC().audit.chain.queryOptions());
  return (
    <p className="flex items-center gap-2">
      <Lock aria-hidden="true" className="size-4 shrink-0 text-accent-ink" />
      <span>
        {chain
          ? t.rich('sealed', {
              count: Number(chain.position),
              when: () => (chain.sealedAt ? <DateTime value={chain.sealedAt} precision="second" /> : '—'),
            })
          : t('looking')}
      </span>
    </p>
  );
}

/** Whether all that must hold does, when that was looked at, and the way to what does not. */
export function ProofState() {
  const t = useTranslations('audit.proof');
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const { data: diagnosis } = useQuery(useTRPC().integrity.diagnosis.queryOptions());
  const broken = diagnosis ? diagnosis.findings.length + diagnosis.unchecked.length : 0;
  return (
    <section aria-label={t('label')} className="ml-auto flex flex-wrap items-center gap-x-2 gap-y-1">
      {diagnosis && (
        <span title={dateTimeText(diagnosis.at, zone, 'second')}>
          <StatusBadge tone={diagnosis.ok ? 'good' : 'wrong'}>
            {diagnosis.ok ? t('holds') : t('broken', { count: broken })}
          </StatusBadge>
          <span className="sr-only">
            <DateTime value={diagnosis.at} precision="second" />
          </span>
        </span>
      )}
      <LinkButton href="/operations" variant="quiet" size="small">
        {t('open')}
      </LinkButton>
    </section>
  );
}
