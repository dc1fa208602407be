import { beforeAll, describe, expect, it } from 'vitest';
import errorSentences from '@/i18n/messages/en/core/errors.json';
import type { ApiContext } from '@/server/api/context';
import { appRouter } from '@/server/api/root';
import { createCallerFactory } from '@/server/api/trpc';
import { backgroundServer } from '@/server/integrations/background/port';
import { openSession } from '@/server/modules/core/identity/use-cases/open-session';
import { saveView } from '@/server/modules/core/lists/use-cases/save-view';
import { recordRun } from '@/server/modules/core/operations/public/record-run';
import { pauseFunction } from '@/server/modules/core/operations/use-cases/pause-function';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { draftStatements } from '@/server/modules/referral/statements/public/draft-statements';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { asPortalError } from '@/server/platform/errors';
import { hashPassword } from '@/server/platform/passwords';
import { atTheCounter } from './audit-at-the-counter';
import { TRAIL, trailOf } from './audit-trail';
import { withDatabase } from './database';
import { makeDoctor } from './gate-fixture';
import { givingBackCalls } from './giving-back-calls';
import { addDoctor, addOrder, addPlan, type StatementFixture } from './statement-fixture';
import { makeCashier, makeFixture, makeStaff, oneOf, rowsOf, tillId } from './till-fixture';

withDatabase();

const system = systemActor('test');
let months = 0;
/** A month that no preparation has used yet. */
const nextMonth = (): string => {
  months += 1;
  return `${2021 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
};
const tills = Array.from({ length: 60 }, (_, n) => `N${n + 1}`);
const nextTill = (): string => tills.shift() ?? '';
let fixture: StatementFixture;
let plan: string;
beforeAll(async () => {
  await makeFixture();
  await rowsOf(
    `INSERT INTO till (branch_id, code, name) SELECT id, 'N' || n, 'N' || n FROM branch, generate_series(1, 60) n WHERE code = 'Q1'`,
  );
  const { branch, patient, service, item } = await oneOf<Record<'branch' | 'patient' | 'service' | 'item', string>>(
    `SELECT i.service_id AS service, i.id AS item, (SELECT id FROM branch WHERE code = 'Q1') AS branch,
       (SELECT id FROM patient LIMIT 1) AS patient
     FROM rate_card_item i JOIN service s ON s.id = i.service_id WHERE s.code = 'CBC' LIMIT 1`,
  );
  fixture = { branch, patient, items: new Map([['CBC', { service, item }]]) };
  plan = await addPlan(fixture, 'FLAT', [{ from: '2020-01-01', value: '10' }]);
});

/** A month with one draft; each preparation takes a month of its own. */
async function draftMonth(month: string): Promise<{ statementId: string }> {
  const doctor = await addDoctor(`DR-${month}`, plan);
  await addOrder(fixture, { doctor, settledAt: `${month}-05T02:00:00Z`, lines: [{ service: 'CBC', net: 3_000_000n }] });
  const { runId, periodId } = await requestStatementRun({ actor: system, month });
  await startStatementBatch({ actor: system, runId, periodId });
  const events = await rowsOf<{ data: { chunk: number; doctorIds: string[] } }>(
    `SELECT data FROM outbox_event WHERE name = 'statement/generation.requested' AND data ->> 'runId' = $1`,
    [runId],
  );
  for (const { data } of events) await draftStatements({ actor: system, runId, periodId, ...data });
  return oneOf('SELECT id AS "statementId" FROM statement WHERE doctor_id = $1', [doctor]);
}

async function approvedMonth(month: string): Promise<{ statementId: string }> {
  const drafted = await draftMonth(month);
  await approveStatements({ actor: system, month });
  return drafted;
}

const SHEET = `external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note
A-1,Q1,${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)},Trần Thị Mẫu,1985-06-07,female,0912000111,,D1,CBC,,cash,`;

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(SHEET);
}
const received = (actor: StaffActor) => receiveUpload({ actor, kind: 'orders', fileName: 'don.csv', content: bytes() });

/** A run of the night's function, which no event starts, as it was recorded. */
async function recordedRun(state: 'failed' | 'running'): Promise<string> {
  backgroundServer.bind({
    findRun: async () => ({ status: 'Cancelled', endedAt: null }),
    cancelRun: async () => {},
    readQueue: async () => 'unreported',
  });
  const now = new Date();
  const moments = { stateAt: now, startedAt: now, lastSeenAt: now };
  const about = { eventName: null, eventIds: [], subjectKind: null, subjectIds: [], tier: null, replayOf: [] };
  const runId = crypto.randomUUID();
  const run = {
    runId,
    functionId: 'statement-batch-publisher',
    ...about,
    ...moments,
    state,
    errorCode: null,
    attempts: 1,
  };
  await recordRun({ run, waits: true });
  return runId;
}

async function openedSession(actor: StaffActor): Promise<string> {
  const caller = { addressHash: 'audit', network: null, browser: null };
  const who = { id: actor.id, epoch: 0 };
  await openSession({ who, proof: 'password', caller, previous: null, correlationId: 'audit' });
  return (await oneOf<{ id: string }>('SELECT id FROM staff_session WHERE user_id = $1', [actor.id])).id;
}

type Call = { actor: StaffActor; input: unknown };

/** For every mutation: a small fixture in which it succeeds, who calls it, and with what. */
const CALLS: Record<string, () => Promise<Call>> = {
  'gate.revoke': async () => {
    const { linkId } = await makeDoctor();
    return { actor: await makeStaff('finance'), input: { linkId, reason: 'số điện thoại đã đổi' } };
  },
  'gate.replace': async () => {
    const { statementId } = await makeDoctor();
    return {
      actor: await makeStaff('finance'),
      input: { statementId, reason: 'số điện thoại đã đổi', clientKey: crypto.randomUUID() },
    };
  },
  'gate.unlock': async () => {
    const { doctorId } = await makeDoctor();
    await rowsOf(`INSERT INTO gate_lockout (doctor_id, reason, locked_at) VALUES ($1, 'tries', now())`, [doctorId]);
    return { actor: await makeStaff('finance'), input: { doctorId } };
  },
  ...givingBackCalls(nextTill),
  'identity.changePassword': async () => {
    const actor = await makeStaff('clinician');
    const current = 'the-old-password';
    await rowsOf('UPDATE app_user SET password_hash = $2 WHERE id = $1', [actor.id, await hashPassword(current)]);
    return { actor, input: { current, next: 'quite-another-password' } };
  },
  'identity.endSession': async () => {
    const actor = await makeStaff('clinician');
    return { actor, input: { id: await openedSession(actor) } };
  },
  'identity.endOtherSessions': async () => {
    const actor = await makeStaff('clinician');
    await openedSession(actor);
    return { actor, input: undefined };
  },
  'savedViews.save': async () => ({
    actor: await makeStaff('clinician'),
    input: { list: 'orders', name: 'Chưa thu', shared: true, query: 'state=unpaid', layout: {} },
  }),
  'savedViews.remove': async () => {
    const actor = await makeStaff('clinician');
    const view = { list: 'orders' as const, name: 'Cũ', shared: false, query: '', layout: {} };
    return { actor, input: await saveView({ actor, view }) };
  },
  'operations.replay': async () => {
    const runId = await recordedRun('failed');
    return { actor: await makeStaff('administrator'), input: { selection: { runIds: [runId] }, reason: 'sửa xong' } };
  },
  'operations.cancel': async () => {
    const runId = await recordedRun('running');
    return { actor: await makeStaff('administrator'), input: { runIds: [runId], reason: 'không cần nữa' } };
  },
  'operations.pause': async () => ({
    actor: await makeStaff('administrator'),
    input: { functionId: 'pos-order', reason: 'cổng SMS bận' },
  }),
  'operations.resume': async () => {
    const actor = await makeStaff('administrator');
    await pauseFunction({ actor, functionId: 'order', reason: 'bảo trì' });
    return { actor, input: { functionId: 'order' } };
  },
  ...atTheCounter(nextTill),
  'patients.register': async () => ({
    actor: await makeStaff('cashier'),
    input: { fullName: 'Phạm Thị Mới', dob: '1991-02-03', sex: 'female', phone: '0912345099' },
  }),
  'statements.run': async () => ({ actor: await makeStaff('finance'), input: { month: nextMonth() } }),
  'statements.review': async () => {
    const { statementId } = await draftMonth(nextMonth());
    return { actor: await makeStaff('finance'), input: { statementId, reviewed: true } };
  },
  'statements.approve': async () => {
    const month = nextMonth();
    await draftMonth(month);
    return { actor: await makeStaff('finance'), input: { month } };
  },
  'statements.publish': async () => {
    const month = nextMonth();
    await approvedMonth(month);
    return { actor: await makeStaff('finance'), input: { month } };
  },
  'statements.requestPdf': async () => {
    const { statementId } = await approvedMonth(nextMonth());
    return { actor: await makeStaff('finance'), input: { statementId } };
  },
  'till.open': async () => ({
    actor: await makeStaff('cashier'),
    input: { tillId: await tillId('Q1', nextTill()), floatAmount: 500_000n },
  }),
  'till.close': async () => {
    const { actor, shiftId } = await makeCashier(nextTill());
    return { actor, input: { shiftId, denominations: { '500000': 1 } } };
  },
  'till.accept': async () => {
    const { actor, shiftId } = await makeCashier(nextTill());
    await closeShift({ actor, shiftId, denominations: { '500000': 1 } });
    return { actor: await makeStaff('branch-manager'), input: { shiftId } };
  },
  'uploads.mapColumns': async () => {
    const actor = await makeStaff('upload-operator', null);
    const { id, mapping } = await received(actor);
    return { actor, input: { id, mapping } };
  },
  'uploads.check': async () => {
    const actor = await makeStaff('upload-operator', null);
    return { actor, input: { id: (await received(actor)).id } };
  },
  'uploads.commit': async () => {
    const actor = await makeStaff('upload-operator', null);
    const { id } = await received(actor);
    await checkUpload({ actor, id });
    return { actor, input: { id } };
  },
};

/** Refusals with a sentence for people; `internal` has one, and is none. */
const NAMED = new Set(Object.keys(errorSentences).filter((code) => code !== 'internal'));

/** Where only one of several may succeed: what the others get. */
const SECOND: Record<string, string> = {
  'approvals.approveHere': 'approval_decided',
  'approvals.decide': 'approval_decided',
  'till.close': 'shift_not_open',
  'till.accept': 'shift_not_closed',
  'statements.run': 'run_in_progress',
  'uploads.commit': 'upload_moved_on',
};

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>);
const mutations = procedures.filter(([, { _def }]) => _def.type === 'mutation').map(([path]) => path);

async function call(path: string, { actor, input }: Call): Promise<void> {
  const { correlationId } = actor;
  const context: ApiContext = { staff: actor, doctor: null, locale: 'vi', correlationId, addressHash: 'audit' };
  let found: unknown = createCallerFactory(appRouter)(context);
  for (const part of path.split('.')) found = (found as Record<string, unknown>)[part];
  await (found as (given: unknown) => Promise<unknown>)(input);
}

describe('every mutation writes an audit record in the name of its caller', () => {
  it('is known here, and nothing else is', () => {
    expect(Object.keys(CALLS).sort()).toEqual([...mutations].sort());
  });

  it.each(mutations)('%s', async (path) => {
    const prepared = await CALLS[path]?.();
    if (!prepared) throw new Error(`${path} has no row in the table of this test`);
    // Another correlation id than the preparation's, so that what is counted is this call's own.
    const actor = { ...prepared.actor, correlationId: crypto.randomUUID() };
    await call(path, { ...prepared, actor });
    const written = await rowsOf<{ action: string; actorKind: string; actorId: string }>(
      `SELECT action, actor_kind AS "actorKind", actor_id AS "actorId" FROM audit_entry WHERE correlation_id = $1`,
      [actor.correlationId],
    );
    expect(written.length).toBeGreaterThan(0);
    expect(written).toContainEqual(expect.objectContaining({ actorKind: 'user', actorId: actor.id }));
    expect(await trailOf(path, actor)).toBe(TRAIL.get(path));
  });
});

/** How a call ended: well, or by the code of its refusal; `internal` is what nobody named. */
async function answerOf(path: string, prepared: Call): Promise<string> {
  try {
    await call(path, prepared);
    return 'done';
  } catch (error) {
    return asPortalError(error instanceof Error && error.cause ? error.cause : error).code;
  }
}

describe('every mutation that is sent several times at once is answered each time, by its effect or by a named refusal', () => {
  it.each(mutations)('%s', async (path) => {
    for (const times of [2, 2, 6]) {
      const prepared = await CALLS[path]?.();
      if (!prepared) throw new Error(`${path} has no row in the table of this test`);
      const answers = await Promise.all(Array.from({ length: times }, () => answerOf(path, prepared)));
      expect(answers).toContain('done');
      expect(answers.filter((code) => code !== 'done' && NAMED.has(code) === false)).toEqual([]);
      if (SECOND[path]) expect(new Set(answers)).toEqual(new Set(['done', SECOND[path]]));
    }
  });
});
