import { beforeAll, describe, expect, it } from 'vitest';
import { PENDING_KINDS } from '@/server/modules/core/pending/schema';
import { listPendingWork } from '@/server/modules/core/pending/use-cases/list-pending-work';
import type { StaffActor } from '@/server/platform/actor';
import { ago, put } from './bare-rows';
import { rowsPastGuards, withDatabase } from './database';
import { makeFixture, makeStaff, tillId } from './till-fixture';

withDatabase();
const DAY = 24 * 60;

beforeAll(makeFixture);

const waitsFor = async (actor: StaffActor) =>
  Object.fromEntries((await listPendingWork({ actor })).map(({ kind, address, count }) => [kind, [address, count]]));

describe('what waits for whom (pendingWork)', () => {
  it('is a closed shift, for a manager of its branch who neither sold in it nor counted it', async () => {
    const [cashier, manager, other] = await Promise.all([
      makeStaff('cashier'),
      makeStaff('branch-manager'),
      makeStaff('branch-manager'),
    ]);
    const till = await tillId('Q1', 'T1');
    const closed = { till_id: till, float_amount: 0, state: 'closed', closed_at: ago(5), denominations: {} };
    const counted = { counted_cash: 0, expected_cash: 0 };
    await put(
      'shift',
      { ...closed, ...counted, cashier_id: cashier.id, closed_by: cashier.id },
      { ...closed, ...counted, cashier_id: manager.id, closed_by: manager.id },
      { ...closed, ...counted, cashier_id: cashier.id, closed_by: manager.id },
      { ...closed, ...counted, cashier_id: cashier.id, state: 'accepted', accepted_by: other.id, accepted_at: ago(1) },
    );
    const address = '/pos/shifts?state=closed';
    expect(await waitsFor(manager)).toEqual({ 'shifts-to-accept': [address, 1] });
    expect(await waitsFor(other)).toEqual({ 'shifts-to-accept': [address, 3] });
    expect(await waitsFor(cashier)).toEqual({});
    expect(await waitsFor(await makeStaff('branch-manager', 'HN'))).toEqual({});
  });

  it('is a closed shift, too, of which a former version did not say who counted it', async () => {
    const [cashier, manager] = [await makeStaff('cashier', 'HN'), await makeStaff('branch-manager', 'HN')];
    const closed = { state: 'closed', closed_at: ago(5), denominations: {}, counted_cash: 0, expected_cash: 0 };
    await put('shift', {
      ...closed,
      float_amount: 0,
      till_id: await tillId('HN', 'T1'),
      cashier_id: cashier.id,
      closed_by: null,
    });
    expect(await waitsFor(manager)).toEqual({ 'shifts-to-accept': ['/pos/shifts?state=closed', 1] });
    expect(await waitsFor(cashier)).toEqual({});
    await rowsPastGuards(`DELETE FROM shift WHERE closed_by IS NULL AND state = 'closed'`);
  });

  it('is a shift that was left open on an earlier day: for its cashier, and for the branch', async () => {
    const cashier = await makeStaff('cashier', 'HN');
    const manager = await makeStaff('branch-manager', 'HN');
    const left = { float_amount: 0, cashier_id: cashier.id, till_id: await tillId('HN', 'T1') };
    await put('shift', { ...left, opened_at: ago(2 * DAY) });
    expect(await waitsFor(cashier)).toEqual({ 'own-shift-left-open': ['/pos', 1] });
    expect(await waitsFor(manager)).toEqual({ 'shifts-left-open': ['/pos/shifts?state=open', 1] });
  });

  it('is an upload of the last week that was checked or failed, for whoever brought it', async () => {
    const [mine, other] = await Promise.all([makeStaff('upload-operator', null), makeStaff('upload-operator', null)]);
    const checked = { state: 'checked', state_at: ago(9), valid: 2, created_by: mine.id };
    await put(
      'upload',
      checked,
      { ...checked, valid: 0 },
      { ...checked, state_at: ago(8 * DAY) },
      { ...checked, state: 'failed' },
      { ...checked, state: 'committed' },
    );
    expect(await waitsFor(mine)).toEqual({
      'uploads-to-commit': ['/uploads?state=checked', 1],
      'uploads-failed': ['/uploads?state=failed', 1],
    });
    expect(await waitsFor(other)).toEqual({});
  });

  it('is what is left to do of months that have ended', async () => {
    const [ended, running] = [crypto.randomUUID(), crypto.randomUUID()];
    await put(
      'statement_period',
      { id: ended, month: '2026-09', starts_at: ago(90 * DAY), ends_at: ago(60 * DAY) },
      { id: running, month: '2026-10', starts_at: ago(60 * DAY), ends_at: ago(-1) },
    );
    await put(
      'statement',
      ...['draft', 'reviewed'].map((state) => ({ period_id: ended, state, content_hash: null })),
      ...['approved', 'published', 'superseded'].map((state) => ({ period_id: ended, state, approved_at: ago(1) })),
      { period_id: running, state: 'draft', content_hash: null },
    );
    await put(
      'statement_run',
      { period_id: ended, state: 'failed', requested_at: ago(9) },
      { period_id: running, state: 'failed', requested_at: ago(9) },
      { period_id: running, state: 'done', requested_at: ago(8) },
    );
    expect(await waitsFor(await makeStaff('finance', null))).toEqual({
      'statements-to-approve': ['/statements/2026-09', 2],
      'statements-to-publish': ['/statements/2026-09', 1],
      'statement-runs-failed': ['/statements/2026-09', 1],
    });
  });

  it('is what failed in the background, for administrators', async () => {
    await put(
      'background_run',
      { state: 'failed' },
      { state: 'failed', replayed_at: ago(1) },
      { state: 'failed', resolved_at: ago(1) },
      { state: 'completed' },
    );
    await put('message', { state: 'failed' }, { state: 'failed', created_at: ago(31 * DAY) }, { state: 'sent' });
    expect(await waitsFor(await makeStaff('administrator', null))).toEqual({
      'runs-failed': ['/operations/runs?state=failed', 1],
      'messages-failed': ['/operations/messages', 1],
    });
    expect(await waitsFor(await makeStaff('auditor', null))).toEqual({});
  });

  it('is what somebody else of the branch asks for, until nobody asks any more', async () => {
    const [asker, manager] = [await makeStaff('branch-manager', 'HN'), await makeStaff('branch-manager', 'HN')];
    const asked = { branch_id: manager.branchId, asked_by: asker.id };
    await put(
      'approval',
      asked,
      { ...asked, asked_at: ago(5 * 60) },
      { ...asked, state: 'refused', decided_by: manager.id, decided_at: ago(1) },
    );
    expect(await waitsFor(manager)).toMatchObject({ 'approvals-to-decide': ['/approvals', 1] });
    expect(await waitsFor(asker)).not.toHaveProperty('approvals-to-decide');
  });

  it('comes with the longest wait first, and each kind has been seen here', async () => {
    const work = await listPendingWork({ actor: await makeStaff('finance', null) });
    expect(work.map(({ since }) => since)).toEqual(work.map(({ since }) => since).toSorted((a, b) => +a - +b));
    expect(PENDING_KINDS).toHaveLength(11);
  });
});
