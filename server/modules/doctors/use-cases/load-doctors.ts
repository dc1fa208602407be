import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { findUnknownPlan, saveDoctors } from '../repository';
import type { DoctorRow } from '../schema';

/** Brings referring doctors up to date by code; all rows or none. Throws `unknown_plan`. Answers how many changed. */
export async function loadDoctors({ actor, rows }: { actor: Actor; rows: DoctorRow[] }): Promise<number> {
  return inTransaction(async (tx) => {
    const unknown = await findUnknownPlan(
      tx,
      rows.flatMap(({ plan }) => plan ?? []),
    );
    if (unknown) throw new PortalError('invalid', 'unknown_plan', { params: { code: unknown } });
    const { changed, moved } = await saveDoctors(tx, rows);
    for (const id of moved) await recordAudit(tx, { actor, action: 'doctor.moved', entity: 'doctor', entityId: id });
    await recordAudit(tx, {
      actor,
      action: 'doctors.loaded',
      entity: 'doctor',
      entityId: 'all',
      detail: { rows: rows.length, changed },
    });
    return changed;
  });
}
