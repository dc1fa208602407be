'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { monthName } from '@/components/statement-access/month-name';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { Select } from '@/components/ui/select';
import { notify } from '@/components/ui/toast';
import { useFormCheck } from '@/components/ui/use-form-check';
import { monthsUpTo } from './month-text';

type Props = { open: boolean; onClose: () => void; upTo: string; suggested: string };

/** Refusals that another month answers. */
const AT: Record<string, 'month'> = { month_not_begun: 'month', period_sealed: 'month', run_in_progress: 'month' };

/** Chooses a month and asks for its run; the work itself goes on in the background. */
export function RunMonthDialog({ open, onClose, upTo, suggested }: Props) {
  const t = useTranslations('statements.run');
  const locale = useLocale();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const form = useId();
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
  const refused = run.error && sentenceOf(run.error);
  const { errorAt, summary } = useFormCheck(
    { month: null },
    refused && { sentence: refused.sentence, at: AT[refused.code] },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run.mutate({ month });
  };
  const options = monthsUpTo(upTo, 13).map((value) => ({ value, label: monthName(value, locale) }));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('title')}
      size="small"
      footer={
        <Button type="submit" form={form} variant="primary" pending={run.isPending} autoFocus>
          {t('start')}
        </Button>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="flex flex-col gap-(--stack)">
        <FormErrorSummary {...summary} />
        <p className="text-ink-2">{t('text')}</p>
        <Select
          label={t('month')}
          name="month"
          options={options}
          value={month}
          onChange={setMonth}
          error={errorAt('month')}
        />
      </form>
    </Dialog>
  );
}
