import 'server-only';
import { cookies } from 'next/headers';
import {
  BROWSER_COOKIE,
  GATE_COOKIE,
  GATE_SESSION_HOURS,
  KNOWN_BROWSER_DAYS,
  KNOWN_COOKIE,
} from '@/server/modules/referral/statement-access/schema';
import { cookieName, secretCookie } from '@/server/platform/cookies';

const HOUR_SECONDS = 3600;

const options = (seconds: number) => ({ ...secretCookie(), maxAge: seconds });
const sessionName = () => cookieName(GATE_COOKIE);
const browserName = () => cookieName(BROWSER_COOKIE);
const knownName = () => cookieName(KNOWN_COOKIE);

/** The secret that binds a code to this browser, or null. */
export const browserSecret = async (): Promise<string | null> => (await cookies()).get(browserName())?.value ?? null;

export async function setBrowserSecret(secret: string): Promise<void> {
  (await cookies()).set(browserName(), secret, options(HOUR_SECONDS));
}

/** What a browser that passed before is known by, or null. */
export const knownSecret = async (): Promise<string | null> => (await cookies()).get(knownName())?.value ?? null;

/** Opens the session of who passed the gate and is known from now on; the code's own cookie has done its work. */
export async function setGateSession({ session, known }: { session: string; known: string }): Promise<void> {
  const jar = await cookies();
  jar.set(sessionName(), session, options(GATE_SESSION_HOURS * HOUR_SECONDS));
  jar.set(knownName(), known, options(KNOWN_BROWSER_DAYS * 24 * HOUR_SECONDS));
  jar.set(browserName(), '', options(0));
}

/** Takes the session's cookie away and answers what stood in it. */
export async function dropGateSession(): Promise<string | null> {
  const jar = await cookies();
  const secret = jar.get(sessionName())?.value ?? null;
  jar.set(sessionName(), '', options(0));
  return secret;
}
