'use client';

import { CirclePlay } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DateTime } from '@/components/ui/date-time';
import type { FunctionRow, ServerView } from '@/server/modules/core/operations/schema';
import { useActions } from './actions';
import { useFunctionName } from './use-names';

const MOST_LINES = 3;

type ServerIssuesProps = { server: ServerView; relayAlive: boolean; unreadProxy: boolean };

/** What is wrong with the machinery itself, in sentences: what it means for people, and whether it mends by itself. */
export function ServerIssues({ server, relayAlive, unreadProxy }: ServerIssuesProps) {
  const t = useTranslations('operations.trouble');
  const quarantined = server.quarantined ?? [];
  const unread = (server.apps ?? []).filter((app) => app.problem !== null);
  return (
    <>
      {unreadProxy && (
        <Callout tone="wrong" title={t('proxyTitle')}>
          {t('proxy')}
        </Callout>
      )}
      {!relayAlive && (
        <Callout tone="wrong" title={t('relayTitle')}>
          {t('relay')}
        </Callout>
      )}
      {!server.reachable && (
        <Callout tone="wrong" title={t('unreachableTitle')}>
          {t('unreachable')}
        </Callout>
      )}
      {quarantined.length > 0 && (
        <Callout tone="notice" title={t('quarantinedTitle', { count: quarantined.length })}>
          <p>{t('quarantined')}</p>
          <ul className="mt-1">
            {quarantined.slice(0, MOST_LINES).map((event) => (
              <li key={event.eventId} className="break-words">
                <code className="text-xs text-ink">{event.name}</code>: {event.problem}
              </li>
            ))}
            {quarantined.length > MOST_LINES && <li>{t('more', { count: quarantined.length - MOST_LINES })}</li>}
          </ul>
        </Callout>
      )}
      {unread.map((app) => (
        <Callout key={app.url} tone="wrong" title={t('appTitle')}>
          <p className="break-words">
            {app.syncedAt === null ? t('appNever', { url: app.url }) : t('app', { url: app.url })}{' '}
            {app.syncedAt &&
              t.rich('lastSync', { when: () => <DateTime value={app.syncedAt ?? ''} precision="second" /> })}
          </p>
          <p className="text-xs break-words">{app.problem}</p>
        </Callout>
      ))}
    </>
  );
}

/** A pause is easily forgotten, and work piles up behind it: each one stands here until it is over. */
export function PausedFunctions({ functions }: { functions: readonly FunctionRow[] }) {
  const t = useTranslations('operations');
  const acts = useActions();
  const nameOf = useFunctionName();
  return functions.map((row) => {
    const name = nameOf(row.functionId);
    return (
      row.paused && (
        <Callout
          key={row.functionId}
          tone="notice"
          title={t('pausedTitle', { function: name })}
          actions={
            acts && (
              <Button
                size="small"
                icon={CirclePlay}
                aria-label={t('resume.actionFor', { function: name })}
                onPress={() => acts.ask({ kind: 'resume', row })}
              >
                {t('resume.action')}
              </Button>
            )
          }
        >
          {t.rich('since', { when: () => <DateTime value={row.paused?.since ?? ''} /> })} ·{' '}
          {t('pausedSince', { by: row.paused.by, reason: row.paused.reason })}{' '}
          {t('pausedWaiting', { count: row.pausedRuns })}
        </Callout>
      )
    );
  });
}
