import { beforeEach, describe, expect, it } from 'vitest';
import { documentsBefore, findBroken } from '@/server/modules/core/integrity/queries';
import { db, sql } from '@/server/platform/db';
import { ago, emptyAll, idOf, put } from './bare-rows';
import { ownerPool, withDatabase } from './database';
import { broken } from './integrity-rows';

withDatabase();
beforeEach(emptyAll);

const OPEN = ['running', 'retrying', 'paused'];
const LONG_AGO = 25 * 60;

/** Whom open runs of a function are about, one in each state that is open. */
const working = (ids: readonly string[], run: Record<string, unknown> = {}) =>
  put('background_run', ...ids.map((id, at) => ({ subject_ids: [id], state: OPEN[at], ...run })));

describe('what is open breaks an invariant, however old it is,', () => {
  it('by a claim that ran out more than five minutes ago', async () => {
    await put(
      'message',
      { id: idOf('late', LONG_AGO), claimed_until: ago(6) },
      { id: idOf('lately'), claimed_until: ago(4) },
      { id: idOf('sent'), state: 'sent', claimed_until: ago(6) },
      { id: idOf('free') },
    );
    expect(await broken('messages-abandoned')).toEqual(['late']);
  });

  it('by a message that nobody has taken for an hour, and no run of notifications is about', async () => {
    const [order, link] = [crypto.randomUUID(), crypto.randomUUID()];
    const [first, second, third] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    const waits = (name: string, params: object, more: object = {}) => ({
      ...{ id: idOf(name, LONG_AGO), created_at: ago(61), params },
      ...more,
    });
    await put(
      'message',
      waits('of an order', { orderId: order }),
      waits('of a link', { linkId: link }),
      waits('young', { orderId: order }, { created_at: ago(59) }),
      waits('claimed', { orderId: order }, { claimed_until: ago(1) }),
      waits('sent', { orderId: order }, { state: 'sent' }),
      waits('being sent', { orderId: first }),
      waits('sent again', { linkId: second }),
      waits('paused', { orderId: third }),
    );
    await working([first, second, third], { function_id: 'notifications' });
    await put('background_run', { function_id: 'order', state: 'running', subject_ids: [order] });
    await put('background_run', { function_id: 'notifications', state: 'completed', subject_ids: [order, link] });
    expect(await broken('messages-waiting')).toEqual(['of a link', 'of an order']);
  });

  it('by a code of the last day whose sender is gone', async () => {
    await put(
      'otp_challenge',
      { id: idOf('late'), claimed_until: ago(6) },
      { id: idOf('lately'), claimed_until: ago(4) },
      { id: idOf('sent'), claimed_until: ago(6), sent_at: ago(6) },
      { id: idOf('used'), claimed_until: ago(6), used_at: ago(6) },
      { id: idOf('of yesterday', LONG_AGO), claimed_until: ago(6) },
      { id: idOf('free') },
    );
    expect(await broken('codes-abandoned')).toEqual(['late']);
  });

  it('by a check whose process is gone: it would hold the lock of its sheet, and of that alone', async () => {
    const [gone, held] = [idOf('gone', LONG_AGO), idOf('held')];
    await put(
      'upload',
      { id: gone, state: 'checking', state_at: ago(6) },
      { id: held, state: 'checking', state_at: ago(6) },
      { id: idOf('lately'), state: 'checking', state_at: ago(4) },
      { id: idOf('prices'), kind: 'rate-cards', state: 'checking', state_at: ago(6) },
      { id: idOf('checked'), state: 'checked', state_at: ago(6) },
    );
    const checker = await ownerPool().connect();
    await checker.query('SELECT pg_advisory_lock(hashtextextended($1, 1000))', [held]);
    // A lock of another kind upon the same number.
    await checker.query(
      `SELECT pg_advisory_lock((h >> 32)::int, ((h << 32) >> 32)::int) FROM hashtextextended($1, 1000) AS h`,
      [gone],
    );
    expect(await broken('checks-abandoned')).toEqual(['gone']);
    checker.release(true);
  });

  it('by a sheet that no run of its lane writes', async () => {
    const committing = { state: 'committing', state_at: ago(16) };
    await put(
      'upload',
      { id: idOf('gone', LONG_AGO), ...committing },
      { id: idOf('lately'), ...committing, state_at: ago(14) },
      { id: idOf('prices'), ...committing, kind: 'rate-cards' },
      { id: idOf('committed'), ...committing, state: 'committed' },
      { id: idOf('being written'), ...committing, tier: 'vip1' },
      { id: idOf('to be tried again'), ...committing, tier: 'svip1' },
      { id: idOf('paused'), ...committing, tier: 'svip2' },
    );
    const lanes = ['vip1', 'svip1', 'svip2'];
    const run = { subject_kind: 'upload' };
    await put('background_run', ...lanes.map((tier, at) => ({ ...run, state: OPEN[at], tier })));
    await put('background_run', { ...run, state: 'completed', tier: 'standard' });
    await put('background_run', { subject_kind: 'order', state: 'running', tier: 'standard' });
    expect(await broken('uploads-abandoned')).toEqual(['gone']);
  });

  it('by a month that no open run is about', async () => {
    const asked = { state: 'running', requested_at: ago(16) };
    const [requested, drafted] = [idOf('requested', LONG_AGO), idOf('drafted')];
    const others = ['at work', 'to be tried again', 'paused'].map((name) => idOf(name));
    await put(
      'statement_run',
      { id: requested, ...asked, state: 'requested' },
      { id: drafted, ...asked },
      { id: idOf('done'), ...asked, state: 'done' },
      { id: idOf('lately'), ...asked, requested_at: ago(14) },
      ...others.map((id) => ({ id, ...asked })),
    );
    await working(others);
    await put('background_run', { subject_ids: [requested, drafted], state: 'failed' });
    expect(await broken('months-abandoned')).toEqual(['drafted', 'requested']);
  });

  it('by an event that was not delivered, or that no server took', async () => {
    const waits = { created_at: ago(6) };
    await put(
      'outbox_event',
      { id: idOf('waiting', LONG_AGO), ...waits },
      { id: idOf('to be tried soon'), ...waits, not_before: ago(-59) },
      { id: idOf('young'), created_at: ago(4) },
      { id: idOf('refused', LONG_AGO), ...waits, not_before: ago(-61) },
      { id: idOf('delivered'), ...waits, published_at: ago(1) },
      { id: idOf('delivered in the end'), ...waits, not_before: ago(-61), published_at: ago(1) },
    );
    expect(await broken('events-waiting')).toEqual(['to be tried soon', 'waiting']);
    expect(await broken('events-refused')).toEqual(['refused']);
  });

  it('by a run of which nothing was heard for an hour', async () => {
    await put(
      'background_run',
      { run_id: 'silent', state: 'running', last_seen_at: ago(61) },
      { run_id: 'heard', state: 'running', last_seen_at: ago(59) },
      { run_id: 'waiting', state: 'retrying', last_seen_at: ago(61) },
    );
    expect(await broken('runs-silent')).toEqual(['silent']);
  });
});

describe('a look', () => {
  it('that takes too long is ended, and its bound holds for nobody else', async () => {
    const locker = await ownerPool().connect();
    await locker.query('BEGIN; LOCK TABLE upload');
    const look = findBroken('checks-abandoned', { hours: 24, limit: 1, withinMs: 100 });
    await expect(look).rejects.toThrow(/statement timeout/);
    await locker.query('ROLLBACK');
    locker.release();
    expect(await findBroken('checks-abandoned', { hours: 24, limit: 1, withinMs: 100 })).toEqual([]);
    const bounds = await Promise.all(
      Array.from({ length: 3 }, () => db().$queryRaw<{ bound: string }[]>(sql`SHOW statement_timeout`)),
    );
    expect(JSON.stringify(bounds)).not.toContain('100ms');
  });

  it('by SQL at what SQL cannot see finds nothing', async () => {
    expect(await broken('files-missing')).toEqual([]);
  });

  it('at files begins with the newest of the time that was asked about', async () => {
    const [old, first, second] = [idOf('old', LONG_AGO), idOf('first', 50), idOf('second', 40)];
    await put('document', { id: first }, { id: old }, { id: second });
    const ids = async (before: string | null, hours: number | null) =>
      (await documentsBefore(before, { hours, limit: 9 })).map(({ id }) => id);
    expect(await ids(null, 24)).toEqual([second, first]);
    expect(await ids(null, null)).toEqual([second, first, old]);
    expect(await ids(second, 24)).toEqual([first]);
  });
});
