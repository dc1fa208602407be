import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { linkAddress } from '@/server/modules/referral/statement-access/public/link-address';
import { recordView } from '@/server/modules/referral/statement-access/public/record-view';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { publishStatements } from '@/server/modules/referral/statements/use-cases/publish-statements';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { systemActor } from '@/server/platform/actor';
import { visitor } from './gate-fixture';
import { type Console, openWorkingConsole, runsAbout, soon } from './operations-fixture';
import { makeStaff, oneOf, rowsOf } from './till-fixture';

let close: () => Promise<void>;
let console: Console;
let sell: () => Promise<string>;
beforeAll(async () => {
  ({ close, console, sell } = await openWorkingConsole());
});
afterAll(() => close());

it('records a run with what it is about, its steps and its effects', async () => {
  const orderId = await sell();
  const [run] = await vi.waitFor(async () => {
    const runs = await runsAbout('pos-order', orderId);
    expect(runs).toMatchObject([{ state: 'completed', errorCode: null }]);
    return runs;
  }, soon);
  const detail = await console.run({ runId: run?.runId ?? '' });
  expect(detail).toMatchObject({ subject: { kind: 'order', id: orderId }, patients: 1, money: 120_333n, attempts: 1 });
  expect(detail.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(['revenue completed', 'notice completed']);
  expect(detail.effects.map(({ kind, doneAt }) => [kind, doneAt !== null])).toEqual([
    ['ledger', true],
    ['notice', true],
  ]);
});

const actor = systemActor('test');
const month = new Date().toISOString().slice(0, 7);

async function completed(functionId: string, subjectId: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await runsAbout(functionId, subjectId)).toMatchObject([{ state: 'completed' }]);
  }, soon);
}

async function uploadOf(customer: string): Promise<string> {
  const operator = await makeStaff('upload-operator', null);
  const text = `external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note
    E-1,Q1,${month}-01,Trần Thị Mẫu,1985-06-07,female,0912000111,${customer},D1,CBC,,,`;
  const content = (async function* () {
    yield Buffer.from(text.replaceAll(/\n +/g, '\n'));
  })();
  const { id } = await receiveUpload({ actor: operator, kind: 'orders', fileName: 'don.csv', content });
  await checkUpload({ actor: operator, id });
  await commitUpload({ actor: operator, id, allOrNothing: false });
  await completed(customer === 'VIPCO' ? 'orders-bulk-upload-vip1' : 'orders-bulk-upload', id);
  return id;
}

/** A month from its run to the doctor's look at it, so that every function of statements has worked. */
async function statementMonth(): Promise<void> {
  await rowsOf(`UPDATE doctor SET phone = '+84901000999'`);
  const { runId } = await requestStatementRun({ actor, month });
  await completed('doctor-statement', runId);
  await approveStatements({ actor, month, beforeEnd: true });
  const { id } = await oneOf<{ id: string }>('SELECT id FROM statement');
  await completed('generate-statement-pdf', id);
  await publishStatements({ actor, month });
  const { linkId } = await oneOf<{ linkId: string }>('SELECT id AS "linkId" FROM statement_link');
  await completed('notifications', linkId);
  const token = (await linkAddress({ linkId })).split('/').at(-1) ?? '';
  await requestCode({ token, browser: null, visitor: visitor(), channel: 'sms' });
  const challenge = await oneOf<{ id: string }>('SELECT id FROM otp_challenge');
  await completed('send-otp', challenge.id);
  const doctor = { kind: 'doctor' as const, id: runId, linkId, correlationId: 'test' };
  await recordView({ actor: doctor, visitor: visitor() });
}

it('knows of every function where each effect leaves its receipt', async () => {
  await sell();
  await uploadOf('VIPCO');
  await statementMonth();
  // Not before the background has started: it must know the engine's address first.
  const { functions } = await import('@/inngest/functions');
  const taken = functions.flatMap(({ events }) => events);
  await vi.waitFor(async () => {
    const unfinished = await rowsOf(
      `SELECT o.name FROM outbox_event o WHERE o.name = ANY ($1)
         AND NOT EXISTS (SELECT FROM background_run r WHERE r.event_ids @> ARRAY[o.id::text] AND r.state = 'completed')`,
      [taken],
    );
    expect(unfinished).toEqual([]);
  }, soon);
  const runs = await rowsOf<{ runId: string; functionId: string }>(
    'SELECT run_id AS "runId", function_id AS "functionId" FROM background_run',
  );
  const receipts = new Map<string, number>();
  for (const { runId, functionId } of runs) {
    const { effects } = await console.run({ runId });
    expect(
      effects.filter(({ coming }) => coming > 0),
      functionId,
    ).toEqual([]);
    receipts.set(functionId, (receipts.get(functionId) ?? 0) + effects.length);
  }
  const otherLanes = ['orders-bulk-upload', 'orders-bulk-upload-svip1', 'orders-bulk-upload-svip2'];
  const expected = functions.map(({ id }) => id).filter((id) => !otherLanes.includes(id));
  expect(
    [...receipts]
      .filter(([, count]) => count > 0)
      .map(([id]) => id)
      .sort(),
  ).toEqual(expected.sort());
});
