'use client';

import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { StatusBadge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';

/** How far the trail is sealed, and whether all that must hold does. */
export function ProofStrip() {
  const t = useTranslations('audit.proof');
  const trpc = useTRPC();
  const { data: chain } = useQuery(trpc.audit.chain.queryOptions());
  const { data: diagnosis } = useQuery(trpc.integrity.diagnosis.queryOptions());
  const broken = diagnosis ? diagnosis.findings.length + diagnosis.unchecked.length : 0;
  return (
    <section
      aria-label={t('label')}
      className="card mb-2 flex min-h-10 flex-wrap items-center gap-x-6 gap-y-1 px-3 py-1"
    >
      <p className="flex items-center gap-2">
        <Lock aria-hidden="true" className="size-4 shrink-0 text-accent-ink" />
        {chain
          ? t.rich('sealed', {
              count: Number(chain.position),
              when: () => (chain.sealedAt ? <DateTime value={chain.sealedAt} precision="second" /> : '—'),
            })
          : t('looking')}
      </p>
      {diagnosis && (
        <p className="flex items-center gap-2">
          <StatusBadge tone={diagnosis.ok ? 'good' : 'wrong'}>
            {diagnosis.ok ? t('holds') : t('broken', { count: broken })}
          </StatusBadge>
          <span className="text-ink-3">
            <DateTime value={diagnosis.at} precision="second" />
          </span>
        </p>
      )}
      <span className="flex-1" />
      <LinkButton href="/operations" variant="quiet" size="small">
        {t('open')}
      </LinkButton>
    </section>
  );
}
