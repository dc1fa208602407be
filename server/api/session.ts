import 'server-only';
import { cookies, headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { can, type Permission, PLACES, type Place } from '@/server/authorization/permissions';
import type { Account, LiveSession, Proof } from '@/server/modules/core/identity/schema';
import { findSession } from '@/server/modules/core/identity/use-cases/find-session';
import { isSessionGood } from '@/server/modules/core/identity/use-cases/is-session-good';
import { GATE_COOKIE, type Visitor } from '@/server/modules/referral/statement-access/schema';
import { resolveGateSession } from '@/server/modules/referral/statement-access/use-cases/resolve-gate-session';
import type { DoctorActor, StaffActor } from '@/server/platform/actor';
import { cookieName } from '@/server/platform/cookies';
import { organisation } from '@/server/platform/organisation';
import { hashAddress } from './auth';
import type { ApiContext, Locale } from './context';
import { perRequest } from './per-request';
import { sessionSecret } from './session-token';
import { visitOf } from './visit';

/** What a screen says with what it asks for by itself, while nobody is there: such requests keep no session alive. */
const UNATTENDED = 'x-unattended';
/** So does a live connection, which the browser opens again and again by itself. */
const LIVE = 'text/event-stream';

/** The id of whom a page was shown to, with all that it asks; programs say nothing of it. */
const SHOWN_TO = 'x-person';

/**
 * The session of this request, asked of the database once. There is none for a page that was shown to another person: a browser keeps one
 * session for all its tabs, and what somebody reads and does in theirs is not done in the name of who has signed in since.
 */
const currentSession = perRequest(async (): Promise<LiveSession | null> => {
  const [secret, given] = await Promise.all([sessionSecret(), headers()]);
  const attended = !given.has(UNATTENDED) && given.get('accept') !== LIVE;
  const session = secret ? await findSession({ secret, attended }) : null;
  const shownTo = given.get(SHOWN_TO);
  return shownTo === null || shownTo === session?.account.id ? session : null;
});

const isNewcomer = ({ proof, account }: LiveSession): boolean => proof === 'password' && account.mustChangePassword;

/** The signed-in account; null while a one-time password has to be changed first. */
export async function currentAccount(): Promise<Account | null> {
  const session = await currentSession();
  return session && !isNewcomer(session) ? session.account : null;
}

/** Who signed in with a one-time password, which has to be changed before anything else. */
export async function currentNewcomer(): Promise<Account | null> {
  const session = await currentSession();
  return session && isNewcomer(session) ? session.account : null;
}

/** How the caller has signed in. */
export const currentProof = async (): Promise<Proof | null> => (await currentSession())?.proof ?? null;

const correlationIdOfRequest = perRequest(async () => crypto.randomUUID());

const toStaff = async (account: Account): Promise<StaffActor> => ({
  kind: 'user',
  id: account.id,
  role: account.role,
  branchId: account.branchId,
  correlationId: await correlationIdOfRequest(),
});

const currentDoctor = perRequest(async (): Promise<DoctorActor | null> => {
  const token = (await cookies()).get(cookieName(GATE_COOKIE))?.value;
  const passed = token ? await resolveGateSession({ token }) : null;
  if (!passed) return null;
  const { doctorId: id, linkId, verifiedFrom } = passed;
  return { kind: 'doctor', id, linkId, verifiedFrom, correlationId: await correlationIdOfRequest() };
});

/** The language of the screens: what the reader chose, else the organisation's. */
export const currentLocale = perRequest(
  async (): Promise<Locale> => ((await cookies()).get('locale')?.value === 'en' ? 'en' : 'vi'),
);

export const requestContext = perRequest(async (): Promise<ApiContext & { visitor: Visitor }> => {
  const [session, account, newcomer, doctor, locale, given] = await Promise.all([
    currentSession(),
    currentAccount(),
    currentNewcomer(),
    currentDoctor(),
    currentLocale(),
    headers(),
  ]);
  const known = { correlationId: await correlationIdOfRequest(), addressHash: hashAddress(Object.fromEntries(given)) };
  return {
    staff: account && (await toStaff(account)),
    newcomer: newcomer && (await toStaff(newcomer)),
    sessionId: session?.id ?? null,
    isStillSignedIn: async () => session !== null && isSessionGood({ id: session.id }),
    doctor,
    locale,
    ...known,
    visitor: visitOf(given, known),
  };
});

/** Lets a page go on only for staff with a permission: others are sent to sign in, or shown that access is denied. */
export async function requireStaff(permission: Permission): Promise<StaffActor> {
  const account = await currentAccount();
  if (!account) redirect((await currentNewcomer()) ? '/password' : '/sign-in');
  if (!can(account.role, permission)) forbidden();
  return toStaff(account);
}

/** As `requireStaff`, with the permission that opens a place of the rail. */
export const openPlace = (place: Place): Promise<StaffActor> => requireStaff(PLACES[place]);

/** The zone of business days, for what pages show. */
export const currentZone = async (): Promise<string> => (await organisation()).timeZone;
