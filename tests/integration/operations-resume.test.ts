import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { resolveFailures } from '@/server/modules/core/operations/use-cases/resolve-failures';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { rowsPastGuards } from './database';
import { type Console, openWorkingConsole, runsAbout, soon } from './operations-fixture';
import { countOf, makeStaff, oneOf, rowsOf } from './till-fixture';

let close: () => Promise<void>;
let console: Console;
let operator: StaffActor;
beforeAll(async () => {
  ({ close, console } = await openWorkingConsole());
  operator = await makeStaff('upload-operator', null);
});
afterAll(() => close());
afterEach(() => rowsOf('DROP FUNCTION IF EXISTS break_down CASCADE'));

const reason = 'đã sửa xong';

/** The database refuses every new row of a table, as it would with a fault of ours. */
async function breakTable(table: string): Promise<void> {
  await rowsOf(
    `CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'Mẫu' USING ERRCODE = 'XX001'; END $$`,
  );
  await rowsOf(`CREATE TRIGGER break_down BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION break_down()`);
}
const mendTable = () => rowsOf('DROP FUNCTION break_down CASCADE');

const HEAD =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note';

/** A sheet of the customer's tier, whose lane is `orders-bulk-upload-vip1`. */
async function* sheet(name: string, rows: number): AsyncGenerator<Uint8Array> {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: rows }, (_, at) =>
    [
      `${name}-${at}`,
      'Q1',
      day,
      `Người thứ ${at % 7}`,
      '1985-06-07',
      'female',
      `0912000${100 + (at % 7)}`,
      'VIPCO',
      '',
      'CBC',
      '',
      '',
      '',
    ].join(','),
  );
  yield Buffer.from([HEAD, ...lines].join('\n'));
}

async function committed(name: string, rows: number): Promise<string> {
  const actor = operator;
  const { id } = await receiveUpload({ actor, kind: 'orders', fileName: `${name}.csv`, content: sheet(name, rows) });
  await checkUpload({ actor, id });
  await commitUpload({ actor, id, allOrNothing: false });
  return id;
}

const LANE = 'orders-bulk-upload-vip1';

async function runOf(functionId: string, subjectId: string, states: string[]): Promise<string> {
  return vi.waitFor(async () => {
    const runs = await runsAbout(functionId, subjectId);
    expect(runs.map(({ state }) => state)).toEqual(states);
    return runs.at(-1)?.runId ?? '';
  }, soon);
}

const stateOf = async (id: string) => (await showUpload({ id })).state;

describe('an upload', () => {
  it('whose writing failed goes on with the repetition of its run', async () => {
    await breakTable('order_line');
    const id = await committed('don', 30);
    const failed = await runOf(LANE, id, ['failed']);
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('failed'), soon);
    const overview = await console.overview();
    const { netTotal } = await oneOf<{ netTotal: string }>('SELECT net_total AS "netTotal" FROM upload WHERE id = $1', [
      id,
    ]);
    expect(overview.failures).toMatchObject([
      { functionId: LANE, runs: 1, patients: 7, money: BigInt(netTotal), tiers: ['vip1'] },
    ]);
    expect(await console.previewReplay({ runIds: [failed] })).toMatchObject({
      patients: 7,
      effects: [{ kind: 'orders', done: 0, willHappen: 30 }],
    });
    await mendTable();
    await console.replay({ selection: { runIds: [failed] }, reason });
    await runOf(LANE, id, ['failed', 'completed']);
    expect(await stateOf(id)).toBe('committed');
    expect(await countOf(`orders WHERE upload_id = '${id}'`)).toBe(30);
    expect(await console.previewReplay({ runIds: [(await runsAbout(LANE, id))[1]?.runId ?? ''] })).toMatchObject({
      effects: [{ kind: 'orders', done: 30, willHappen: 0 }],
    });
    expect((await console.overview()).lanes.find(({ tier }) => tier === 'vip1')).toMatchObject({ drainSeconds: null });
    // As every list is searched: words in any order, with a typing mistake too.
    for (const search of ['don.csv', 'CSV don', 'đơn'])
      expect(await console.runs({ search })).toMatchObject({ rows: [{ functionId: LANE }, { functionId: LANE }] });
    expect(await console.runs({ search: 'on.cs' })).toMatchObject({ rows: [] });
  });

  it('whose run was cancelled is free to be committed again, or to be repeated', async () => {
    await console.pause({ functionId: LANE, reason });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const id = await committed('huy', 10);
    const pausedRun = await runOf(LANE, id, ['paused']);
    expect((await console.overview()).lanes.find(({ tier }) => tier === 'vip1')).toMatchObject({
      waiting: 1,
      rowsLeft: 10,
    });
    await console.cancel({ runIds: [pausedRun], reason });
    expect(await showUpload({ id })).toMatchObject({ state: 'failed', written: 0 });
    await console.resume({ functionId: LANE });
    await console.replay({ selection: { runIds: [pausedRun] }, reason });
    await runOf(LANE, id, ['cancelled', 'completed']);
    expect(await stateOf(id)).toBe('committed');
    expect(await countOf(`orders WHERE upload_id = '${id}'`)).toBe(10);
  });
});

describe('a failure', () => {
  const standing = () =>
    countOf("background_run WHERE resolved_at IS NULL AND replayed_at IS NULL AND state = 'failed'");

  it('is over when the sheet is committed again, and not before', async () => {
    await breakTable('order_line');
    const id = await committed('lai', 5);
    await runOf(LANE, id, ['failed']);
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('failed'), soon);
    await resolveFailures();
    expect(await standing()).toBe(1);
    await mendTable();
    await commitUpload({ actor: operator, id, allOrNothing: false });
    await runOf(LANE, id, ['failed', 'completed']);
    await resolveFailures();
    expect(await standing()).toBe(0);
  });

  it('is over when the month was asked for again', async () => {
    // Nobody was sold anything in that month: its chunk comes as far as its receipt.
    await breakTable('effect_receipt');
    const { runId } = await requestStatementRun({ actor: systemActor('test'), month: '2026-01' });
    await runOf('doctor-statement', runId, ['failed']);
    await vi.waitFor(async () => expect(await countOf(`statement_run WHERE state = 'failed'`)).toBe(1), soon);
    await resolveFailures();
    expect(await standing()).toBe(1);
    await mendTable();
    const again = await requestStatementRun({ actor: systemActor('test'), month: '2026-01' });
    await runOf('doctor-statement', again.runId, ['completed']);
    await resolveFailures();
    expect(await standing()).toBe(0);
  });
});

describe('the statements of a month', () => {
  it('are requested again when a failed chunk is repeated', async () => {
    await rowsPastGuards(`UPDATE orders SET doctor_id = (SELECT id FROM doctor LIMIT 1)`);
    await breakTable('statement');
    const month = new Date(Date.now() - 86_400_000).toISOString().slice(0, 7);
    const { runId, periodId } = await requestStatementRun({ actor: systemActor('test'), month });
    const failed = await runOf('doctor-statement', runId, ['failed']);
    const states = () =>
      rowsOf('SELECT state FROM statement_run WHERE period_id = $1 ORDER BY requested_at', [periodId]);
    await vi.waitFor(async () => expect(await states()).toEqual([{ state: 'failed' }]), soon);
    expect(await console.previewReplay({ runIds: [failed] })).toMatchObject({
      effects: [{ kind: 'statements', done: 0, willHappen: 1 }],
    });
    await mendTable();
    await console.replay({ selection: { runIds: [failed] }, reason });
    await vi.waitFor(async () => expect(await states()).toEqual([{ state: 'failed' }, { state: 'done' }]), soon);
    expect(await countOf(`statement WHERE state = 'draft'`)).toBe(1);
    // Another repetition finds the month done, and leaves it alone.
    const [, again] = await runsAbout('doctor-statement', runId);
    await console.replay({ selection: { runIds: [again?.runId ?? ''] }, reason });
    await runOf('doctor-statement', runId, ['failed', 'completed', 'completed']);
    expect(await states()).toEqual([{ state: 'failed' }, { state: 'done' }]);
  });
});
