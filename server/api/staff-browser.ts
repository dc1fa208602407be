import 'server-only';
import { cookies } from 'next/headers';
import { KNOWN_DAYS, withMark } from '@/server/modules/core/identity/rules';
import type { SignedIn } from '@/server/modules/core/identity/schema';
import { cookieName, secretCookie } from '@/server/platform/cookies';
import { env } from '@/server/platform/env';

const name = () => cookieName('staff_browser');

/** What this browser keeps of who was signed in from it before, or null. */
export const browserMarks = async (): Promise<string | null> => (await cookies()).get(name())?.value ?? null;

/** This browser is known from now on as one from which this account was signed in. */
export async function markBrowser(who: Pick<SignedIn, 'id' | 'epoch'>): Promise<void> {
  const marks = withMark(await browserMarks(), env().AUTH_SECRET, who, new Date());
  (await cookies()).set(name(), marks, { ...secretCookie(), maxAge: KNOWN_DAYS * 86_400 });
}
