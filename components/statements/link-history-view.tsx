'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/date-time';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonText } from '@/components/ui/skeleton';
import type { LinkHistory } from '@/server/modules/referral/statement-access/schema';
import { LinkActions } from './link-actions';

type Props = { statementId: string; published: boolean; mayPublish: boolean };

const endOf = (link: LinkHistory, asOf: number) =>
  link.revokedAt ? ('revoked' as const) : link.expiresAt.getTime() < asOf ? ('expired' as const) : null;

/** What happened to the doctor's link, newest first; machine visits are marked and pale. */
export function LinkHistoryView({ statementId, published, mayPublish }: Props) {
  const t = useTranslations('statements.life');
  const sentenceOf = useErrorSentence();
  const life = useQuery(useTRPC().gate.life.queryOptions({ statementId }, { enabled: published }));
  const live = life.data?.find((link) => endOf(link, life.dataUpdatedAt) === null);
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{t('title')}</h2>
      {!published ? (
        <p className="text-ink-2">{t('none')}</p>
      ) : life.error ? (
        <ErrorState {...sentenceOf(life.error)} onRetry={() => void life.refetch()} />
      ) : life.data ? (
        life.data.map((link) => <OneLink key={link.linkId} link={link} asOf={life.dataUpdatedAt} />)
      ) : (
        <SkeletonText />
      )}
      {mayPublish && life.data && <LinkActions statementId={statementId} liveLinkId={live?.linkId ?? null} />}
    </section>
  );
}

function OneLink({ link, asOf }: { link: LinkHistory; asOf: number }) {
  const t = useTranslations('statements.life');
  const over = endOf(link, asOf);
  const events = [...link.events].reverse();
  return (
    <div className="card p-(--card-p)">
      <p className="mb-3 flex flex-wrap items-center gap-2 text-xs text-ink-2">
        <StatusBadge tone={over ? 'neutral' : 'good'}>{over ? t(over) : t('live')}</StatusBadge>
        <DateTime value={link.expiresAt} />
      </p>
      {events.length === 0 ? (
        <p className="text-ink-2">{t('noEvents')}</p>
      ) : (
        <ol className="flex flex-col gap-2 border-l pl-4">
          {events.map((event) => (
            <li key={event.id} className={clsx('relative', event.machine && 'text-ink-3')}>
              <span
                aria-hidden="true"
                className={clsx(
                  'absolute top-1.5 -left-[1.3rem] size-2 rounded-full',
                  event.machine ? 'bg-line-control' : 'bg-accent',
                )}
              />
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{t(`kinds.${event.kind}`)}</span>
                {event.machine && <Badge>{t('machine')}</Badge>}
              </span>
              <span className="block text-xs text-ink-3">
                <DateTime value={event.at} />
                {event.agent && ` · ${event.agent}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
