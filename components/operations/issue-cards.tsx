'use client';

import { CircleCheck, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { TierBadge } from '@/components/ui/badge';
import { Button, LinkButton } from '@/components/ui/button';
import { Money } from '@/components/ui/money';
import type { Cause, FailureGroup, Overview } from '@/server/modules/core/operations/schema';
import { useActions } from './actions';
import { IssueCard } from './issue-card';
import { runsAddress } from './run-filters';
import { useCauseSentence, useFunctionName } from './use-names';

const PLACES: Partial<Record<Cause['kind'], string>> = {
  'uploads-failed': '/uploads?state=failed',
  'statement-runs-failed': '/statements',
  'messages-failed': runsAddress({ functionId: 'notifications' }),
};

const hasMoney = (money: bigint | null): money is bigint => money !== null && money > 0n;

function FailureCard({ group, currency }: { group: FailureGroup; currency: string }) {
  const t = useTranslations('operations.failure');
  const acts = useActions();
  const nameOf = useFunctionName();
  const sentenceOf = useCauseSentence();
  const { functionId, errorCode, runs, patients, money, tiers, since, latest } = group;
  return (
    <IssueCard
      title={nameOf(functionId)}
      tone="wrong"
      count={t('runs', { count: runs })}
      figures={[
        ...(patients > 0 ? [{ id: 'patients', said: t('patients', { count: patients }) }] : []),
        ...(hasMoney(money) ? [{ id: 'money', said: <Money minor={money} currency={currency} /> }] : []),
      ]}
      tiers={tiers.length > 0 && tiers.map((tier) => <TierBadge key={tier} tier={tier} />)}
      since={since}
      latest={latest}
      actions={
        <>
          {acts && (
            <Button
              size="small"
              icon={RotateCcw}
              onPress={() => acts.ask({ kind: 'replay', selection: { functionId, errorCode }, functionId })}
            >
              {t('replay')}
            </Button>
          )}
          <LinkButton href={runsAddress({ state: 'failed', functionId, errorCode })} variant="quiet" size="small">
            {t('show')}
          </LinkButton>
        </>
      }
    >
      {sentenceOf(errorCode)}
    </IssueCard>
  );
}

function CauseCard({ cause, currency }: { cause: Cause; currency: string }) {
  const t = useTranslations('operations');
  const { kind, count, since, money } = cause;
  const place = PLACES[kind];
  return (
    <IssueCard
      title={t(`cause.${kind}`)}
      tone={kind === 'events-waiting' ? 'notice' : 'wrong'}
      count={String(count)}
      figures={hasMoney(money) ? [{ id: 'money', said: <Money minor={money} currency={currency} /> }] : []}
      since={since}
      actions={
        place && (
          <LinkButton href={place} variant="secondary" size="small">
            {t(`open.${kind}`)}
          </LinkButton>
        )
      }
    >
      {t(`causeHelp.${kind}`)}
    </IssueCard>
  );
}

/** The issues, the widest impact first; or that there is none. */
export function IssueCards({ overview, quiet }: { overview: Overview; quiet: boolean }) {
  const t = useTranslations('operations');
  const { failures, causes, currency } = overview;
  const widestFirst = failures.toSorted((a, b) => b.patients - a.patients || b.runs - a.runs);
  if (failures.length + causes.length === 0) {
    return quiet ? (
      <div className="card flex items-start gap-3 p-(--card-p)">
        <CircleCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-good" />
        <div>
          <p className="font-semibold">{t('quietTitle')}</p>
          <p className="text-ink-2">{t('quiet')}</p>
        </div>
      </div>
    ) : null;
  }
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {widestFirst.map((group) => (
        <FailureCard key={`${group.functionId} ${group.errorCode}`} group={group} currency={currency} />
      ))}
      {causes.map((cause) => (
        <CauseCard key={cause.kind} cause={cause} currency={currency} />
      ))}
    </ul>
  );
}
