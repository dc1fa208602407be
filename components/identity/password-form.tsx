'use client';

import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { TextField } from '@/components/ui/text-field';
import { useFormCheck } from '@/components/ui/use-form-check';

type Props = {
  email: string;
  /** Characters that a new password needs at least. */
  least: number;
  /** Whether the current one is a one-time password, which opens no session any more. */
  first?: boolean;
  /** Where to go on to. */
  next: string;
};

/** Which field a refusal is about. */
const WRONG_AT: Record<string, 'current' | 'next'> = {
  wrong_current_password: 'current',
  password_short: 'next',
  password_same: 'next',
  password_common: 'next',
};

/** A change ends every session of the account, this one as well: the new password begins the next at once. */
function useChange({ email, next: target }: Props) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useSentOnce(
    useTRPC().identity.changePassword.mutationOptions({
      onSuccess: async (_, sent) => {
        const entered = await signIn('credentials', { email, password: sent.next, redirect: false }).catch(() => null);
        window.location.assign(entered?.ok ? target : '/sign-in');
      },
    }),
  );
  const t = useTranslations('account.password.missing');
  const sentenceOf = useErrorSentence();
  const refused = change.error && sentenceOf(change.error);
  const check = useFormCheck(
    { current: current === '' ? t('current') : null, next: next === '' ? t('next') : null },
    refused && { sentence: refused.sentence, at: WRONG_AT[refused.code] },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending || change.isSuccess || !check.isRight()) return;
    change.mutate({ current, next });
  };
  return { current, setCurrent, next, setNext, change, check, submit };
}

export function PasswordForm(props: Props) {
  const t = useTranslations('account');
  const [shown, setShown] = useState(false);
  const { current, setCurrent, next, setNext, change, check, submit } = useChange(props);
  const type = shown ? 'text' : 'password';
  return (
    <form method="post" noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <FormErrorSummary {...check.summary} />
      <input type="hidden" name="username" autoComplete="username" value={props.email} />
      <TextField
        label={t(props.first ? 'password.oneTime' : 'password.current')}
        type={type}
        name="current"
        autoFocus={props.first === true}
        autoComplete="current-password"
        required
        value={current}
        onChange={setCurrent}
        error={check.errorAt('current')}
      />
      <TextField
        label={t('password.next')}
        help={t('password.nextHelp', { least: props.least })}
        type={type}
        name="next"
        autoComplete="new-password"
        required
        value={next}
        onChange={setNext}
        error={check.errorAt('next')}
      />
      <Checkbox checked={shown} onChange={setShown}>
        {t('password.show')}
      </Checkbox>
      <div>
        <Button type="submit" variant="primary" pending={change.isPending || change.isSuccess}>
          {t(props.first ? 'first.save' : 'password.save')}
        </Button>
      </div>
    </form>
  );
}
