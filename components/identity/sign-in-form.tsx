'use client';

import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { TextField } from '@/components/ui/text-field';
import { useFormCheck } from '@/components/ui/use-form-check';

type Props = { next: string; failure?: string | undefined; singleSignOn: boolean };

/** What only another email or password mends. */
const WRONG = new Set(['wrong_credentials', 'CredentialsSignin']);

/** The method is for a press before the script is there: what was typed must never land in the address. */
export function SignInForm({ next, failure, singleSignOn }: Props) {
  const t = useTranslations('sign-in');
  const sentence = useFailureSentence();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<string | null>(failure ?? null);
  const [pending, setPending] = useState(false);
  const underWay = useRef(false);
  const { isRight, errorAt, summary } = useFormCheck(
    {
      email: email.trim() === '' ? t('missing.email') : null,
      password: password === '' ? t('missing.password') : null,
    },
    refusal === null ? null : { sentence: sentence(refusal), at: WRONG.has(refusal) ? 'password' : undefined },
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isRight()) return;
    // Two presses before the screen is drawn again are one try, not two.
    if (underWay.current) return;
    underWay.current = true;
    setPending(true);
    setRefusal(null);
    const result = await signIn('credentials', { email, password, redirect: false }).catch(() => null);
    // A whole page load: everything the server rendered for nobody is dropped.
    if (result?.ok) return window.location.assign(next);
    underWay.current = false;
    setPending(false);
    setRefusal(result?.error ?? 'offline');
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormErrorSummary {...summary} />
      <TextField
        label={t('email')}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onChange={setEmail}
        error={errorAt('email')}
        autoFocus
      />
      <TextField
        label={t('password')}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
        error={errorAt('password')}
      />
      <Button type="submit" variant="primary" pending={pending}>
        {t('submit')}
      </Button>
      {singleSignOn ? (
        <Button variant="secondary" onPress={() => void signIn('oidc', { callbackUrl: next })}>
          {t('sso')}
        </Button>
      ) : null}
    </form>
  );
}

// next-auth hands back our code, wrapped or plain, with a query of seconds lost: the sentence then speaks of a minute.
function useFailureSentence(): (code: string) => string {
  const t = useTranslations('errors');
  return (code) => {
    if (code === 'too_many_tries') return t('too_many_tries', { seconds: 60 });
    return t.has(code as 'internal') ? t(code as 'internal') : t('wrong_credentials');
  };
}
