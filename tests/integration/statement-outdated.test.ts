import { beforeAll, expect, it } from 'vitest';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { systemActor } from '@/server/platform/actor';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import {
  addDoctor,
  addOrder,
  addPlan,
  draftMonth,
  makeStatementFixture,
  type StatementFixture,
} from './statement-fixture';

withDatabase();

const actor = systemActor('test');
const MONTH = '2026-05';
const outdated = { kind: 'conflict', code: 'drafts_outdated' };

let fixture: StatementFixture;
let other: string;
let doctor: string;
let category: string;

const approve = (more: { only?: string[]; beforeEnd?: boolean } = {}) =>
  approveStatements({ actor, month: MONTH, ...more });
const sealed = () => rowsOf("SELECT id FROM statement WHERE state = 'approved'");

beforeAll(async () => {
  fixture = await makeStatementFixture(['imaging-1', 'biochemistry-1']);
  const plan = await addPlan(fixture, 'OWN', [{ from: '2026-01-01', value: '10' }]);
  other = await addPlan(fixture, 'OTHER', [{ from: '2026-01-01', category: 'imaging', value: '20' }]);
  doctor = await addDoctor('A', plan);
  for (const one of [doctor, await addDoctor('B', plan)])
    await addOrder(fixture, {
      doctor: one,
      settledAt: '2026-05-10T03:00:00Z',
      lines: [{ service: 'imaging-1', net: 30_000_000n }],
    });
  category = 'imaging';
  await draftMonth(MONTH);
});

it.each<[string, () => Promise<unknown>]>([
  ['the plan of a doctor', () => rowsOf('UPDATE doctor SET plan_id = $2 WHERE id = $1', [doctor, other])],
  ['the tax rate of a doctor', () => rowsOf('UPDATE doctor SET tax_rate = 5 WHERE id = $1', [doctor])],
  ['the threshold of withholding', () => rowsOf('UPDATE organisation SET withholding_threshold = 1000000')],
  [
    'a rule of a plan',
    () =>
      rowsOf(
        `INSERT INTO commission_rule (plan_id, valid_from, category, kind, value, band_from) VALUES ($1, '2026-04-01', '*', 'percent', 30, 0)`,
        [other],
      ),
  ],
  [
    'the category of a service',
    () => rowsOf(`UPDATE service SET category = 'x-' || category WHERE category = $1`, [category]),
  ],
])('a draft is not sealed with figures of what was before %s changed', async (_, change) => {
  await change();
  await expect(approve()).rejects.toMatchObject(outdated);
  expect(await sealed()).toEqual([]);
  await draftMonth(MONTH);
});

it('names the doctors of drafts that are outdated, and approves the others by themselves', async () => {
  await rowsOf('UPDATE doctor SET tax_rate = 7 WHERE id = $1', [doctor]);
  const params = { month: MONTH, count: 1, doctors: 'A' };
  await expect(approve()).rejects.toMatchObject({ ...outdated, params });
  const [b] = await rowsOf<{ id: string }>(
    "SELECT s.id FROM statement s JOIN doctor d ON d.id = s.doctor_id WHERE d.code = 'B'",
  );
  expect(await approve({ only: [b?.id ?? ''] })).toEqual({ approved: 1, sealed: false });
  await draftMonth(MONTH);
});

it('does not ask for another run where nothing that a draft is made of has changed', async () => {
  await rowsOf("UPDATE doctor SET name = 'BS. Khác', phone = '+84912345670'");
  await rowsOf(
    "INSERT INTO service (code, name_vi, name_en, kind, category) VALUES ('new-1', 'Mới', 'New', 'test', 'new')",
  );
  await rowsOf(
    `INSERT INTO commission_rule (plan_id, valid_from, category, kind, value, band_from) VALUES ($1, '2026-06-01', '*', 'percent', 40, 0)`,
    [other],
  );
  await rowsPastGuards(
    "UPDATE statement_run SET requested_at = (SELECT ends_at FROM statement_period WHERE month = $1) - interval '1 day'",
    [MONTH],
  );
  await expect(approve()).rejects.toMatchObject({
    kind: 'conflict',
    code: 'drafts_before_end',
    params: { month: MONTH },
  });
  expect(await approve({ beforeEnd: true })).toEqual({ approved: 1, sealed: true });
});
