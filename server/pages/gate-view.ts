import 'server-only';
import { cookies } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { LOCALE_COOKIE } from '@/i18n/locales';
import type { GateView } from '@/server/modules/referral/statement-access/schema';
import { openLink } from '@/server/modules/referral/statement-access/use-cases/open-link';
import type { PublishedStatement } from '@/server/modules/referral/statements/schema';
import { readOwnStatement } from '@/server/modules/referral/statements/use-cases/read-own-statement';
import { PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { requestContext } from '../api/session';
import { gatePath } from '../http/gate-answers';
import { browserSecret } from '../http/gate-cookies';
import { currentVisitor } from '../http/visitor';

/**
 * What the page of a link shows. A link that does not open is the 404 page, an address that opens too many the 403; a browser whose session is still open goes on to
 * the statement; a doctor who never chose a language gets the own one. `again`: the page came back to itself.
 */
export async function gateView(token: string, again: boolean): Promise<{ view: GateView; timeZone: string }> {
  const view = await openedLink(token, again);
  const { doctor } = await requestContext();
  if (doctor?.linkId === view.linkId) redirect('/s/view');
  const chosen = again || (await cookies()).has(LOCALE_COOKIE);
  if (!chosen && view.language !== (await getLocale())) redirect(`${gatePath(token)}/language?to=${view.language}`);
  return { view, timeZone: (await organisation()).timeZone };
}

async function openedLink(token: string, again: boolean): Promise<GateView> {
  const visitor = await currentVisitor('GET');
  try {
    return await openLink({ token, browser: await browserSecret(), visitor, again });
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'not-found') notFound();
    if (error instanceof PortalError && error.kind === 'limited') forbidden();
    throw error;
  }
}

/** The statement of the doctor behind this request; without one the page says that the session is over. */
export async function ownStatement(): Promise<PublishedStatement> {
  const { doctor, visitor } = await requestContext();
  if (!doctor) notFound();
  try {
    return await readOwnStatement({ actor: doctor, visitor });
  } catch (error) {
    // It was withdrawn between the two looks at it.
    if (error instanceof PortalError && error.kind === 'not-found') notFound();
    throw error;
  }
}
