import { beforeAll, beforeEach } from 'vitest';
import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import { openLink } from '@/server/modules/referral/statement-access/use-cases/open-link';
import type { DoctorActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { anotherAddress, bindLocalMessages, type DoctorAtGate, makeDoctor, rowsOf, visitor } from './gate-fixture';

/** A doctor with a published statement, and the browser that comes by from home: others for each test. */
export let doctor: DoctorAtGate;
export let home: string;
export let by: Visitor;

export function withDoctorAtHome(): void {
  withDatabase({ PUBLIC_URL: 'http://portal.test/' });
  // Read once by a process: before anything asks for it.
  beforeAll(async () => {
    bindLocalMessages();
    await rowsOf(
      `UPDATE organisation SET name_vi = 'Phòng khám', name_en = 'Clinic', address = '1 Lê Lợi', phone = '1900'`,
    );
  });
  beforeEach(async () => {
    doctor = await makeDoctor();
    home = anotherAddress();
    by = visitor({ addressHash: home });
  });
}

export const open = (who: Visitor = by, browser: string | null = null, again = false, of = doctor) =>
  openLink({ token: of.token, browser, visitor: who, again });
/** Who stands behind the gate. */
export const behind = (parts: Partial<DoctorActor> = {}): DoctorActor => ({
  ...{ kind: 'doctor', id: doctor.doctorId, linkId: doctor.linkId, correlationId: crypto.randomUUID() },
  ...parts,
});
