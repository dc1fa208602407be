import 'server-only';
import { cookies } from 'next/headers';
import { decode, type JWT } from 'next-auth/jwt';
import { cookieName } from '@/server/platform/cookies';
import { env } from '@/server/platform/env';

/** The cookie of a staff session: a sealed token of next-auth that names the session's row and says nothing else. */
export const sessionCookie = (): string => cookieName('next-auth.session-token');

/** What a session's token names, or null where it is none of ours or has run out. */
export async function sessionSecretOf(token: string | undefined): Promise<string | null> {
  if (!token) return null;
  const read: JWT | null = await decode({ token, secret: env().AUTH_SECRET }).catch(() => null);
  return typeof read?.session === 'string' ? read.session : null;
}

/** What this request's cookie names. */
export const sessionSecret = async (): Promise<string | null> =>
  sessionSecretOf((await cookies()).get(sessionCookie())?.value);
