import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import type { Transaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { metrics } from '@/server/platform/metrics';
import { addLockout, type Caller, standingOf } from '../repository';
import { type Refusal, refuseAsking, refuseTrying } from '../rules';

/**
 * Whether a limit of the gate refuses this caller: the refusal to throw once the transaction is committed, or null. A limit
 * that refuses everybody unknown at a doctor is an alarm: staff sees it and may unlock, see `unlockGate`.
 */
export async function enforceLimits(
  tx: Transaction,
  { caller, act, correlationId }: { caller: Caller; act: 'ask' | 'try'; correlationId: string },
): Promise<PortalError | null> {
  const standing = await standingOf(tx, caller);
  const refusal = act === 'ask' ? refuseAsking(standing) : refuseTrying(standing);
  if (!refusal) return null;
  if (refusal.lockout) await raiseAlarm(tx, caller.doctorId, refusal.lockout, correlationId);
  return new PortalError('limited', 'too_many_tries', { params: { seconds: refusal.seconds } });
}

async function raiseAlarm(
  tx: Transaction,
  doctorId: string,
  reason: NonNullable<Refusal['lockout']>,
  correlationId: string,
): Promise<void> {
  if (!(await addLockout(tx, doctorId, reason))) return;
  const actor = systemActor('gate', correlationId);
  await recordAudit(tx, { actor, action: 'gate.locked', entity: 'doctor', entityId: doctorId, detail: { reason } });
  metrics().gateLockouts.inc({ reason });
  logger('gate').warn({ doctorId, reason, correlationId }, 'unknown browsers are locked out of the links of a doctor');
}
