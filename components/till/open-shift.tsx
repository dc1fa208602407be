'use client';

import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button, LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { MoneyField } from '@/components/ui/money-field';
import { Select } from '@/components/ui/select';
import { useFormCheck } from '@/components/ui/use-form-check';

/** What stands in place of the till while no shift is open: nothing can be sold without one. */
export function OpenShift() {
  const t = useTranslations('till.open');
  const trpc = useTRPC();
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const { data: tills } = useSuspenseQuery(trpc.till.tills.queryOptions());
  const free = tills.find((till) => till.inUseBy === null);
  const [tillId, setTillId] = useState<string | null>(free?.id ?? null);
  const [float, setFloat] = useState<bigint | null>(null);
  const [refused, setRefused] = useState(false);
  const open = useSentOnce(
    trpc.till.open.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.till.current.pathFilter()),
      onError: () => client.invalidateQueries(trpc.till.tills.pathFilter()),
    }),
  );
  const failure = open.error && sentenceOf(open.error);
  const { isRight, errorAt, summary } = useFormCheck(
    { till: tillId ? null : t('tillNeeded'), float: refused ? t('floatWrong') : null },
    failure && { sentence: failure.sentence, at: failure.code === 'till_in_use' ? 'till' : undefined },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight() && tillId && !open.isPending) open.mutate({ tillId, floatAmount: float ?? 0n });
  };
  if (tills.length === 0) {
    return (
      <EmptyState icon={Store} title={t('noTillTitle')}>
        {t('noTillText')}
      </EmptyState>
    );
  }
  return (
    <form noValidate onSubmit={submit} className="card mx-auto mt-6 flex w-full max-w-md flex-col gap-4 p-6 lg:mt-16">
      <div>
        <h1 className="text-xl font-semibold">{t('title')}</h1>
        <p className="mt-1 text-ink-2">{t('text')}</p>
      </div>
      <FormErrorSummary {...summary} />
      <Select
        label={t('till')}
        name="till"
        required
        error={errorAt('till')}
        options={tills.map((till) => ({
          value: till.id,
          label: `${till.code} · ${till.name}`,
          ...(till.inUseBy ? { description: t('inUse', { name: till.inUseBy }), disabled: true } : {}),
        }))}
        value={tillId}
        onChange={setTillId}
      />
      <MoneyField
        label={t('float')}
        name="float"
        error={errorAt('float')}
        help={t('floatHelp')}
        value={float}
        onChange={(amount, wrong) => {
          setFloat(amount);
          setRefused(wrong);
        }}
        size="large"
        autoFocus
      />
      <Button variant="primary" type="submit" pending={open.isPending} className="h-11">
        {t('open')}
      </Button>
      <LinkButton href="/pos/shifts" variant="quiet">
        {t('shifts')}
      </LinkButton>
    </form>
  );
}
