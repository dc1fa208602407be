'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { TierBadge } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/date-time';
import { Fact, Facts } from '@/components/ui/fact';
import { Money } from '@/components/ui/money';
import type { RunDetail } from '@/server/modules/core/operations/schema';
import { runAddress } from './run-filters';
import { SubjectLink } from './subject-link';
import { useDuration } from './use-duration';

function RunLink({ runId, children }: { runId: string; children: ReactNode }) {
  return (
    <Link href={runAddress(runId)} prefetch={false} className="font-medium text-accent-ink hover:underline">
      {children}
    </Link>
  );
}

/** What a run is about, its impact, what started it, when, and what it repeats. */
export function RunFacts({ run, now }: { run: RunDetail; now: number }) {
  const t = useTranslations('operations.detail');
  const page = useTranslations('operations');
  const format = useFormatter();
  const duration = useDuration();
  const { startedAt, endedAt, lastSeenAt, money, patients, tier, replayOf, replayedBy, eventName } = run;
  const lasted = duration((endedAt?.getTime() ?? now) - startedAt.getTime());
  return (
    <Facts>
      <Fact label={t('about')}>
        <SubjectLink about={run} />
      </Fact>
      <Fact label={t('tier')}>{tier ? <TierBadge tier={tier} /> : '—'}</Fact>
      <Fact label={t('patients')}>
        <span className="tabular">{patients > 0 ? format.number(patients) : '—'}</span>
      </Fact>
      <Fact label={t('money')}>{money === null ? '—' : <Money minor={money} currency={run.currency} />}</Fact>
      <Fact label={t('startedAt')}>
        <DateTime value={startedAt} precision="second" />
      </Fact>
      <Fact label={endedAt ? t('endedAt') : t('lastSeenAt')}>
        <DateTime value={endedAt ?? lastSeenAt} precision="second" />
      </Fact>
      <Fact label={endedAt ? t('took') : t('sofar')}>
        <span className="tabular">{lasted}</span>
      </Fact>
      <Fact label={t('attempts')}>
        <span className="tabular">{format.number(run.attempts)}</span>
      </Fact>
      <Fact label={t('startedBy')}>{eventName ? <code className="text-xs">{eventName}</code> : page('byClock')}</Fact>
      <Fact label={t('runId')}>
        <code className="text-xs break-all select-all">{run.runId}</code>
      </Fact>
      {replayOf && (
        <Fact label={t('replayOf')}>
          <RunLink runId={replayOf}>{t('earlierRun')}</RunLink>
        </Fact>
      )}
      {replayedBy && (
        <Fact label={t('replayedBy')}>
          <RunLink runId={replayedBy}>{t('laterRun')}</RunLink>
        </Fact>
      )}
    </Facts>
  );
}
