import type { DoctorActor } from '@/server/platform/actor';
import { env } from '@/server/platform/env';
import { statementOfLink } from '../queries';
import { verifyAddress } from '../rules';
import type { PublishedStatement } from '../schema';

/** The one statement that a doctor's link leads to. Throws `not_found` where the link or the statement is not in force. */
export const readOwnStatement = ({ actor }: { actor: DoctorActor }): Promise<PublishedStatement> =>
  statementOfLink(actor.linkId, (hash) => verifyAddress(env().PUBLIC_URL, hash));
