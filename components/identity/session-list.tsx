'use client';

import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DateTime } from '@/components/ui/date-time';
import { dateTimeText } from '@/components/ui/day-text';
import { RelativeTime } from '@/components/ui/relative-time';
import { notify } from '@/components/ui/toast';
import { DEFAULT_TIME_ZONE } from '@/i18n/locales';
import type { OwnSession } from '@/server/modules/core/identity/schema';

function useEnding() {
  const t = useTranslations('account.sessions');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const refresh = () => client.invalidateQueries(trpc.identity.sessions.pathFilter());
  const onError = (error: unknown) => {
    notify.wrong(sentenceOf(error).sentence);
    void refresh();
  };
  const one = useSentOnce(
    trpc.identity.endSession.mutationOptions({
      onSuccess: () => {
        notify.good(t('ended'));
        void refresh();
      },
      onError,
    }),
  );
  const others = useSentOnce(
    trpc.identity.endOtherSessions.mutationOptions({
      onSuccess: (count) => {
        notify.good(t('othersEnded', { count }));
        void refresh();
      },
    }),
  );
  return { one, others, sentenceOf };
}

function Session({ session, onEnd, pending }: { session: OwnSession; onEnd: () => void; pending: boolean }) {
  const t = useTranslations('account.sessions');
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const browser = session.browser?.replace(/^other/, t('unknownBrowser')) ?? t('unknownBrowser');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <MonitorSmartphone aria-hidden="true" className="size-5 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {browser}
          {session.current && <StatusBadge tone="good">{t('this')}</StatusBadge>}
        </p>
        <p className="text-ink-2 text-sm">
          {session.network ? t('network', { network: session.network }) : t('unknownNetwork')}
          {session.proof === 'oidc' && ` · ${t('byProvider')}`}
        </p>
      </div>
      <dl className="min-w-0 text-sm *:flex *:flex-wrap *:gap-x-2">
        <div>
          <dt className="min-w-16 text-ink-3">{t('began')}</dt>
          <dd>
            <DateTime value={session.createdAt} />
          </dd>
        </div>
        <div>
          <dt className="min-w-16 text-ink-3">{t('seen')}</dt>
          <dd>
            <RelativeTime value={session.seenAt} />
          </dd>
        </div>
      </dl>
      {!session.current && (
        <Button
          size="small"
          pending={pending}
          onPress={onEnd}
          aria-label={t('endLabel', { browser, at: dateTimeText(session.createdAt, zone, 'minute') })}
        >
          {t('end')}
        </Button>
      )}
    </li>
  );
}

/** Where one is signed in, this browser first to be seen, and the ways to end the others. */
export function SessionList() {
  const t = useTranslations('account.sessions');
  const { data: sessions } = useSuspenseQuery(useTRPC().identity.sessions.queryOptions());
  const { one, others, sentenceOf } = useEnding();
  const [asking, setAsking] = useState(false);
  const count = sessions.filter(({ current }) => !current).length;
  const endOthers = async () => {
    try {
      await others.mutateAsync();
    } catch (error) {
      throw new Error(sentenceOf(error).sentence);
    }
  };
  return (
    <>
      <ul className="card divide-y p-0">
        {sessions.map((session) => (
          <Session
            key={session.id}
            session={session}
            pending={one.isPending && one.variables.id === session.id}
            onEnd={() => one.mutate({ id: session.id })}
          />
        ))}
      </ul>
      {count > 0 && (
        <div>
          <Button onPress={() => setAsking(true)}>{t('endOthers')}</Button>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('confirmTitle')}
        consequence={t('confirmText', { count })}
        confirmLabel={t('endOthers')}
        onConfirm={endOthers}
      />
    </>
  );
}
