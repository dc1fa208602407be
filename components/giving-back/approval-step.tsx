'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Callout } from '@/components/ui/callout';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { TextField } from '@/components/ui/text-field';
import { useFormCheck } from '@/components/ui/use-form-check';

/** How what was asked stands; asked again now and then, should the word of a change be lost. */
export function useApprovalState(id: string | null) {
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.approvals.mine.queryOptions({ id: id ?? '' }),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.state === 'waiting' ? 5_000 : false),
  });
  return id === null ? null : (data ?? null);
}

type Props = {
  id: string;
  formId: string;
  state: 'waiting' | 'refused' | 'lapsed';
  answer: string | null;
  onApproved: () => void;
};

/** Waits for a manager's decision from their own screen, or takes it here by the manager's own password. */
export function ApprovalStep({ id, formId, state, answer, onApproved }: Props) {
  const t = useTranslations('giving-back.approval');
  if (state !== 'waiting')
    return (
      <Callout tone="wrong" title={t(state)} announce>
        {answer ?? t('again')}
      </Callout>
    );
  return (
    <div className="space-y-4">
      <Callout tone="info" title={t('waiting')} announce>
        {t('waitingText')}
      </Callout>
      <ApproveHereForm id={id} formId={formId} onApproved={onApproved} />
    </div>
  );
}

export function ApproveHereForm({ id, formId, onApproved }: Pick<Props, 'id' | 'formId' | 'onApproved'>) {
  const t = useTranslations('giving-back.approval');
  const trpc = useTRPC();
  const sentenceOf = useErrorSentence();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const approve = useSentOnce(
    trpc.approvals.approveHere.mutationOptions({ onSuccess: onApproved, onError: () => setPassword('') }),
  );
  const { isRight, errorAt, summary } = useFormCheck(
    {
      email: /.@./.test(email) ? null : t('emailNeeded'),
      password: password === '' && !approve.error ? t('passwordNeeded') : null,
    },
    approve.error && { sentence: sentenceOf(approve.error).sentence },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isRight() && password !== '') approve.mutate({ id, email, password });
  };
  return (
    <form id={formId} noValidate onSubmit={submit} className="space-y-3 border-t pt-3">
      <p className="font-medium">{t('here')}</p>
      <FormErrorSummary {...summary} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('email')}
          name="email"
          type="email"
          autoComplete="off"
          required
          value={email}
          onChange={setEmail}
          error={errorAt('email')}
          autoFocus
        />
        <TextField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="off"
          required
          value={password}
          onChange={setPassword}
          error={errorAt('password')}
        />
      </div>
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}
