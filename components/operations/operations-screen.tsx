'use client';

import { useQuery } from '@tanstack/react-query';
import { useTimeZone, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { Lockouts } from '@/components/doctors/lockouts';
import { PageHeader } from '@/components/frame/page-header';
import { IntegrityFindings } from '@/components/integrity/integrity-findings';
import { StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { dateTimeText } from '@/components/ui/day-text';
import { ErrorState } from '@/components/ui/error-state';
import { Loading, SkeletonRows, SkeletonTiles } from '@/components/ui/skeleton';
import type { Overview } from '@/server/modules/core/operations/schema';
import { ActionsProvider } from './actions';
import { FunctionsSum, FunctionTable } from './function-table';
import { IssueCards } from './issue-cards';
import { LaneTiles } from './lane-tiles';
import { MissingGateways } from './missing-gateways';
import { OperationsTabs } from './operations-tabs';
import { PausedFunctions, ServerIssues } from './server-issues';

const REFRESH_MS = 5_000;
const ALIVE_MS = 20_000;

type Props = { mayAct: boolean; showsMessages: boolean };

/** The issues first, then what waits and how it moves; live. Runs and messages have addresses of their own. */
export function OperationsScreen({ mayAct, showsMessages }: Props) {
  const sentenceOf = useErrorSentence();
  const overview = useQuery(useTRPC().operations.overview.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  if (!overview.data && overview.error) {
    return (
      <ErrorState
        {...sentenceOf(overview.error)}
        onRetry={() => void overview.refetch()}
        retrying={overview.isFetching}
      />
    );
  }
  if (!overview.data) {
    return (
      <Loading className="flex flex-col gap-6">
        <SkeletonTiles />
        <SkeletonRows />
      </Loading>
    );
  }
  // Without a network nothing is asked, and so nothing fails.
  const stale = overview.error || overview.isPaused ? overview.dataUpdatedAt : null;
  return (
    <ActionsProvider mayAct={mayAct}>
      <div className="flex flex-col gap-8">
        <Issues
          overview={overview.data}
          seenAt={overview.dataUpdatedAt}
          showsMessages={showsMessages}
          stale={stale !== null && <Stale since={stale} onAsk={() => void overview.refetch()} />}
        />
        <IntegrityFindings />
        <Queues overview={overview.data} seenAt={overview.dataUpdatedAt} />
      </div>
    </ActionsProvider>
  );
}

function Stale({ since, onAsk }: { since: number; onAsk: () => void }) {
  const t = useTranslations('operations');
  const zone = useTimeZone() ?? 'Asia/Ho_Chi_Minh';
  return (
    <Callout
      tone="notice"
      announce
      actions={
        <Button size="small" onPress={onAsk}>
          {t('askAgain')}
        </Button>
      }
    >
      {t('stale', { when: dateTimeText(new Date(since), zone, 'second') })}
    </Callout>
  );
}

type IssuesProps = { overview: Overview; seenAt: number; showsMessages: boolean; stale: ReactNode };

function Issues({ overview, seenAt, showsMessages, stale }: IssuesProps) {
  const t = useTranslations('operations');
  const { server, relaySeenAt, functions } = overview;
  const relayAlive = relaySeenAt !== null && seenAt - relaySeenAt.getTime() < ALIVE_MS;
  const quiet = relayAlive && server.reachable && functions.every((row) => row.paused === null);
  return (
    <section aria-label={t('issues')}>
      <PageHeader
        title={t('title')}
        status={
          <>
            <OperationsTabs current="overview" showsMessages={showsMessages} />
            <StatusBadge tone={relayAlive ? 'good' : 'wrong'}>
              {t(relayAlive ? 'relayAlive' : 'relaySilent')}
            </StatusBadge>
            <StatusBadge tone={server.reachable ? 'good' : 'wrong'}>
              {t(server.reachable ? 'serverReached' : 'serverUnreachable')}
            </StatusBadge>
          </>
        }
      />
      <h2 className="sr-only">{t('issues')}</h2>
      <div className="flex flex-col gap-3">
        {stale}
        <MissingGateways />
        <Lockouts />
        <ServerIssues server={server} relayAlive={relayAlive} unreadProxy={overview.unreadProxy} />
        <PausedFunctions functions={functions} />
        <IssueCards overview={overview} quiet={quiet} />
      </div>
    </section>
  );
}

type SectionProps = { id: string; title: string; help: ReactNode; children: ReactNode };

function Section({ id, title, help, children }: SectionProps) {
  return (
    // The bar above covers what an address jumps to.
    <div id={id} className="scroll-mt-16">
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mb-3 text-ink-2">{help}</p>
      {children}
    </div>
  );
}

function Queues({ overview: { lanes, functions }, seenAt }: { overview: Overview; seenAt: number }) {
  const t = useTranslations('operations');
  return (
    <>
      <Section id="lanes" title={t('lanes')} help={t('lanesHelp')}>
        <LaneTiles lanes={lanes} />
      </Section>
      <Section id="functions" title={t('functions')} help={<FunctionsSum functions={functions} />}>
        <FunctionTable functions={functions} seenAt={seenAt} />
      </Section>
    </>
  );
}
