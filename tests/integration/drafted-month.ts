import { beforeAll } from 'vitest';
import type { StaffActor } from '@/server/platform/actor';
import { rowsOf, withDatabase } from './database';
import {
  addDoctor,
  addOrder,
  addPlan,
  draftMonth,
  makeStatementFixture,
  type StatementFixture,
} from './statement-fixture';
import { makeStaff, oneOf } from './till-fixture';

export const MONTH = '2026-02';
export let fixture: StatementFixture;
export let actor: StaffActor;
export let plan: string;
export const doctors = new Map<string, string>();
export const idOf = (code: string) => doctors.get(code) ?? '';

/** A month with drafts for three doctors: A of 30, B of 2 and C of 1 million at ten percent. */
export function withDraftedMonth(): void {
  withDatabase({ PUBLIC_URL: 'http://portal.test/' });
  beforeAll(async () => {
    await rowsOf(`UPDATE organisation SET name_vi = 'Phòng khám', name_en = 'Clinic'`);
    fixture = await makeStatementFixture(['blood-1']);
    actor = await makeStaff('finance', null);
    plan = await addPlan(fixture, 'FLAT', [{ from: '2026-01-01', value: '10' }]);
    for (const code of ['A', 'B', 'C']) doctors.set(code, await addDoctor(code, plan, 10));
    const sold = { A: 30_000_000n, B: 2_000_000n, C: 1_000_000n };
    for (const [code, net] of Object.entries(sold))
      await addOrder(fixture, {
        doctor: idOf(code),
        settledAt: `${MONTH}-05T02:00:00Z`,
        lines: [{ service: 'blood-1', net }],
      });
    await draftMonth(MONTH);
  });
}

export type Statement = { id: string; state: string; hash: string | null };
export const statement = (code: string) =>
  oneOf<Statement & Record<string, unknown>>(
    `SELECT s.id, s.state, s.content_hash AS hash, s.reviewed_by AS "reviewedBy", s.reviewed_at IS NOT NULL AS reviewed, s.approved_by AS "approvedBy",
       s.approved_at IS NOT NULL AS approved, s.published_at IS NOT NULL AS published
     FROM statement s JOIN statement_period p ON p.id = s.period_id WHERE s.doctor_id = $1 AND p.month = $2 AND s.state <> 'superseded'`,
    [idOf(code), MONTH],
  );
export const trail = (entityId: string) =>
  rowsOf<{ action: string; by: string; detail: object }>(
    `SELECT action, actor_id AS by, detail FROM audit_entry WHERE entity_id = $1 AND entity = split_part(action, '.', 1) ORDER BY id`,
    [entityId],
  );
export const refused = (kind: string, code: string, params?: object) => ({ kind, code, ...(params && { params }) });
