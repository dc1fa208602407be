'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { monthName } from '@/components/statement-access/month-name';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Select } from '@/components/ui/select';
import { notify } from '@/components/ui/toast';
import { monthsUpTo } from './month-text';

type Props = { open: boolean; onClose: () => void; upTo: string; suggested: string };

/** Chooses a month and asks for its run; the work itself goes on in the background. */
export function RunMonthDialog({ open, onClose, upTo, suggested }: Props) {
  const t = useTranslations('statements.run');
  const locale = useLocale();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const [month, setMonth] = useState(suggested);
  const run = useSentOnce(
    trpc.statements.run.mutationOptions({
      onSuccess: async () => {
        notify.info(t('started', { month: monthName(month, locale) }));
        await queries.invalidateQueries({ queryKey: trpc.statements.pathKey() });
        onClose();
        router.push(`/statements/${month}`);
      },
    }),
  );
  const options = monthsUpTo(upTo, 13).map((value) => ({ value, label: monthName(value, locale) }));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('title')}
      size="small"
      footer={
        <Button variant="primary" pending={run.isPending} onPress={() => run.mutate({ month })}>
          {t('start')}
        </Button>
      }
    >
      <div className="flex flex-col gap-(--stack)">
        <p className="text-ink-2">{t('text')}</p>
        <Select label={t('month')} options={options} value={month} onChange={setMonth} />
        {run.error && (
          <Callout tone="wrong" announce>
            {sentenceOf(run.error).sentence}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}
