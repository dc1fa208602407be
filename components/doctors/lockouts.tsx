'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LockKeyholeOpen } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DateTime } from '@/components/ui/date-time';
import { notify } from '@/components/ui/toast';
import type { Lockout } from '@/server/modules/referral/statement-access/schema';

const REFRESH_MS = 30_000;

/** The alarm of the gate, of one doctor or of all: whose links refuse unknown browsers, and the way to let them in again. */
export function Lockouts({ doctorId }: { doctorId?: string }) {
  const input = doctorId ? { doctorId } : {};
  const found = useQuery(useTRPC().gate.lockouts.queryOptions(input, { refetchInterval: REFRESH_MS }));
  return found.data?.lockouts.map((lockout) => (
    <LockedDoctor
      key={lockout.doctorId}
      lockout={lockout}
      named={doctorId === undefined}
      mayUnlock={found.data.mayUnlock}
    />
  ));
}

function LockedDoctor({ lockout, named, mayUnlock }: { lockout: Lockout; named: boolean; mayUnlock: boolean }) {
  const t = useTranslations('doctors.lockout');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const unlock = useSentOnce(
    trpc.gate.unlock.mutationOptions({
      onSuccess: () => void notify.good(t('unlocked')),
      onError: (error) => void notify.wrong(sentenceOf(error).sentence),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.gate.pathKey() }),
    }),
  );
  const { doctorId, doctorName, doctorCode, reason, lockedAt } = lockout;
  return (
    <Callout
      tone="wrong"
      announce
      title={t(`title.${reason}`)}
      actions={
        mayUnlock && (
          <Button
            size="small"
            icon={LockKeyholeOpen}
            pending={unlock.isPending}
            aria-label={named ? t('unlockFor', { doctor: doctorName }) : undefined}
            onPress={() => unlock.mutate({ doctorId })}
          >
            {t('unlock')}
          </Button>
        )
      }
    >
      <p>
        {named && (
          <>
            <Link href={`/doctors/${doctorId}`} className="font-medium text-accent-ink hover:underline">
              {doctorName} ({doctorCode})
            </Link>
            {' · '}
          </>
        )}
        {t.rich('since', { when: () => <DateTime value={lockedAt} /> })}
      </p>
      <p>{t('text')}</p>
    </Callout>
  );
}
