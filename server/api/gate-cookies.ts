import 'server-only';
import { cookies } from 'next/headers';
import {
  BROWSER_COOKIE,
  GATE_COOKIE,
  GATE_SESSION_HOURS,
  KNOWN_BROWSER_DAYS,
  KNOWN_COOKIE,
} from '@/server/modules/gate/schema';
import { env } from '@/server/platform/env';

const HOUR_SECONDS = 3600;

// Lax, not strict: a doctor who opens the link in the message again, with the session still open, is let through.
const options = (seconds: number) => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: env().PUBLIC_URL.startsWith('https:'),
  path: '/',
  maxAge: seconds,
});

/** The secret that binds a code to this browser, or null. */
export const browserSecret = async (): Promise<string | null> => (await cookies()).get(BROWSER_COOKIE)?.value ?? null;

export async function keepBrowserSecret(secret: string): Promise<void> {
  (await cookies()).set(BROWSER_COOKIE, secret, options(HOUR_SECONDS));
}

/** What a browser that passed before is known by, or null. */
export const knownSecret = async (): Promise<string | null> => (await cookies()).get(KNOWN_COOKIE)?.value ?? null;

/** Opens the session of who passed the gate and is known from now on; the code's own cookie has done its work. */
export async function keepGateSession({ session, known }: { session: string; known: string }): Promise<void> {
  const jar = await cookies();
  jar.set(GATE_COOKIE, session, options(GATE_SESSION_HOURS * HOUR_SECONDS));
  jar.set(KNOWN_COOKIE, known, options(KNOWN_BROWSER_DAYS * 24 * HOUR_SECONDS));
  jar.set(BROWSER_COOKIE, '', options(0));
}

/** Takes the session's cookie away and answers what stood in it. */
export async function dropGateSession(): Promise<string | null> {
  const jar = await cookies();
  const secret = jar.get(GATE_COOKIE)?.value ?? null;
  jar.set(GATE_COOKIE, '', options(0));
  return secret;
}
