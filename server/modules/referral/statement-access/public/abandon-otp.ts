import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';

/** Leaves a trace that a code could not be sent by any channel; the doctor asks for another. `failure` is an error code. */
export async function abandonOtp({
  actor,
  challengeId,
  failure,
}: {
  actor: Actor;
  challengeId: string;
  failure: string;
}): Promise<void> {
  await inTransaction((tx) =>
    recordAudit(tx, {
      actor,
      action: 'otp.not-sent',
      entity: 'otp-challenge',
      entityId: challengeId,
      detail: { failure },
    }),
  );
}
