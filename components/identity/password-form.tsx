'use client';

import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';
import { useSentOnce } from '@/components/api/use-sent-once';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/checkbox';
import { TextField } from '@/components/ui/text-field';

type Props = {
  email: string;
  /** Characters that a new password needs at least. */
  least: number;
  /** Whether the current one is a one-time password, which opens no session any more. */
  first?: boolean;
  /** Where to go on to. */
  next: string;
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending && !change.isSuccess) change.mutate({ current, next });
  };
  return { current, setCurrent, next, setNext, change, submit };
}

export function PasswordForm(props: Props) {
  const t = useTranslations('account');
  const sentenceOf = useErrorSentence();
  const [shown, setShown] = useState(false);
  const { current, setCurrent, next, setNext, change, submit } = useChange(props);
  const type = shown ? 'text' : 'password';
  return (
    <form method="post" onSubmit={submit} className="flex max-w-md flex-col gap-4">
      {change.error && (
        <Callout tone="wrong" announce>
          {sentenceOf(change.error).sentence}
        </Callout>
      )}
      <input type="hidden" name="username" autoComplete="username" value={props.email} />
      <TextField
        label={t(props.first ? 'password.oneTime' : 'password.current')}
        type={type}
        name="current"
        autoComplete="current-password"
        required
        value={current}
        onChange={setCurrent}
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
