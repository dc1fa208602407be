import 'server-only';
import { cookies, headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { GATE_COOKIE, type Visitor } from '@/server/modules/gate/schema';
import { resolveGateSession } from '@/server/modules/gate/use-cases/resolve-gate-session';
import type { Account } from '@/server/modules/identity/schema';
import { findSessionAccount } from '@/server/modules/identity/use-cases/find-session-account';
import type { DoctorActor, StaffActor } from '@/server/platform/actor';
import { organisation } from '@/server/platform/organisation';
import { can, type Permission, PLACES, type Place } from '@/server/platform/permissions';
import { authOptions, hashAddress } from './auth';
import type { ApiContext, Locale } from './context';
import { visitOf } from './visit';

/** The account of whoever signed in, read at most once a request. */
export const currentAccount = cache(async (): Promise<Account | null> => {
  const session = await getServerSession(authOptions());
  return session?.userId ? findSessionAccount({ id: session.userId, epoch: session.epoch }) : null;
});

const correlationIdOfRequest = cache(() => crypto.randomUUID());

const toStaff = (account: Account): StaffActor => ({
  kind: 'user',
  id: account.id,
  role: account.role,
  branchId: account.branchId,
  correlationId: correlationIdOfRequest(),
});

const currentDoctor = cache(async (): Promise<DoctorActor | null> => {
  const token = (await cookies()).get(GATE_COOKIE)?.value;
  const passed = token ? await resolveGateSession({ token }) : null;
  if (!passed) return null;
  const { doctorId: id, linkId, verifiedFrom } = passed;
  return { kind: 'doctor', id, linkId, verifiedFrom, correlationId: correlationIdOfRequest() };
});

/** The language of the screens: what the reader chose, else the organisation's. */
export const currentLocale = cache(
  async (): Promise<Locale> => ((await cookies()).get('locale')?.value === 'en' ? 'en' : 'vi'),
);

export const requestContext = cache(async (): Promise<ApiContext & { visitor: Visitor }> => {
  const [account, doctor, locale, given] = await Promise.all([
    currentAccount(),
    currentDoctor(),
    currentLocale(),
    headers(),
  ]);
  const known = { correlationId: correlationIdOfRequest(), addressHash: hashAddress(Object.fromEntries(given)) };
  return { staff: account && toStaff(account), doctor, locale, ...known, visitor: visitOf(given, known) };
});

/** Lets a page go on only for staff with a permission: others are sent to sign in, or told that this is not theirs. */
export async function requireStaff(permission: Permission): Promise<StaffActor> {
  const account = await currentAccount();
  if (!account) redirect('/sign-in');
  if (!can(account.role, permission)) forbidden();
  return toStaff(account);
}

/** As `requireStaff`, with the permission that opens a place of the rail. */
export const openPlace = (place: Place): Promise<StaffActor> => requireStaff(PLACES[place]);

/** The zone of business days, for what pages show. */
export const currentZone = async (): Promise<string> => (await organisation()).timeZone;
