import { requestContext } from '@/server/api/session';
import { seeOther } from '@/server/http/answers';
import { dropGateSession } from '@/server/http/gate-cookies';
import { sentFromHere } from '@/server/http/visitor';
import { endGateSession } from '@/server/modules/referral/statement-access/use-cases/end-gate-session';

/** Closes the statement on this phone: the cookie goes, and the session behind it ends. */
export async function POST(): Promise<Response> {
  if (!(await sentFromHere())) return new Response(null, { status: 403 });
  const { correlationId } = await requestContext();
  const token = await dropGateSession();
  if (token) await endGateSession({ token, correlationId });
  return seeOther('/s/view');
}
