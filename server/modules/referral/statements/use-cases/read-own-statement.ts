import { recordView } from '@/server/modules/referral/statement-access/public/record-view';
import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import type { DoctorActor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { statementOfLink } from '../queries';
import { verifyAddress } from '../rules';
import type { PublishedStatement } from '../schema';

/**
 * The one statement that a doctor's link leads to, and the trace that it was looked at. Throws `not_found` where the link or the
 * statement is not in force.
 */
export async function readOwnStatement({
  actor,
  visitor,
}: {
  actor: DoctorActor;
  visitor: Visitor;
}): Promise<PublishedStatement> {
  const statement = await statementOfLink(actor.linkId, (hash) => verifyAddress(env().PUBLIC_URL, hash));
  await recordView({ actor, visitor });
  return statement;
}
