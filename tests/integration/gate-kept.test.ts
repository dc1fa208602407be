import { describe, expect, it } from 'vitest';
import { reviewLinkEvents } from '@/server/modules/referral/statement-access/public/review-link-events';
import * as gate from '@/server/modules/referral/statement-access/repository';
import type { Activity } from '@/server/modules/referral/statement-access/rules';
import { pruneGate } from '@/server/modules/referral/statement-access/use-cases/prune-gate';
import { ownerPool, rowsOf, rowsPastGuards } from './database';
import { address, bytes, challenge, doctor, other, secondsTo, set, within, withTwoDoctors } from './gate-callers';
import { actor, type DoctorAtGate } from './gate-fixture';
import { oneOf } from './till-fixture';

withTwoDoctors();

describe('what is kept of who passed', () => {
  const session = (token: string, of = doctor) =>
    within((tx) =>
      gate.addSession(tx, { linkId: of.linkId, tokenHash: bytes(token + of.linkId), addressHash: address, hours: 12 }),
    );

  it('lasts as long as it says', async () => {
    const id = await session('a');
    expect(await secondsTo('gate_session', id, 'expires_at')).toBe(12 * 3600);
    await within((tx) =>
      gate.addKnownBrowser(tx, { doctorId: doctor.doctorId, tokenHash: bytes(`b${id}`), days: 180 }),
    );
    const { id: browser } = await oneOf<{ id: string }>('SELECT id FROM gate_browser WHERE doctor_id = $1', [
      doctor.doctorId,
    ]);
    expect(await secondsTo('gate_browser', browser, 'expires_at')).toBe(180 * 86_400);
    expect(await secondsTo('statement_link', doctor.linkId, 'expires_at')).toBe(180 * 86_400);
    expect(await secondsTo('otp_challenge', await challenge(), 'expires_at')).toBe(300);
    const kept = await oneOf<{ address: Buffer }>('SELECT address_hash AS address FROM gate_session WHERE id = $1', [
      id,
    ]);
    expect(kept.address.toString('base64url')).toBe(address);
  });

  it('ends with its cookie, one session alone, once', async () => {
    const [id] = [await session('a'), await session('b')];
    const end = () => within((tx) => gate.endSession(tx, bytes(`a${doctor.linkId}`)));
    expect([await end(), await end()]).toEqual([{ id, linkId: doctor.linkId }, null]);
    expect(
      await rowsOf('SELECT 1 FROM gate_session WHERE link_id = $1 AND ended_at IS NULL', [doctor.linkId]),
    ).toHaveLength(1);
  });

  it('ends with its link, every session of it and no other', async () => {
    const ended = await session('a');
    await set('gate_session', ended, `ended_at = '2026-10-01T00:00Z'`);
    for (const of of [doctor, other]) await session('b', of);
    const end = () => within((tx) => gate.endLink(tx, doctor.linkId));
    expect([await end(), await end()]).toEqual([true, false]);
    const open = (of: DoctorAtGate) =>
      rowsOf('SELECT 1 FROM gate_session WHERE link_id = $1 AND ended_at IS NULL', [of.linkId]);
    expect([(await open(doctor)).length, (await open(other)).length]).toEqual([0, 1]);
    expect(await oneOf('SELECT ended_at AS at FROM gate_session WHERE id = $1', [ended])).toEqual({
      at: new Date('2026-10-01T00:00Z'),
    });
    expect(await oneOf('SELECT revoked_at AS at FROM statement_link WHERE id = $1', [other.linkId])).toEqual({
      at: null,
    });
  });
});

describe('the link of a statement', () => {
  const live = (of = doctor) => within((tx) => gate.findLiveLink(tx, of.statementId));

  it('is live until it is revoked or expires', async () => {
    expect(await live()).toBe(doctor.linkId);
    await set('statement_link', doctor.linkId, `expires_at = now() - interval '1 second'`);
    expect([await live(), await live(other)]).toEqual([null, other.linkId]);
    await set('statement_link', doctor.linkId, `expires_at = now() + interval '1 hour', revoked_at = now()`);
    expect(await live()).toBeNull();
  });

  it('takes the place of one that has expired, and of no other statement’s', async () => {
    const link = { statementId: doctor.statementId, nonce: bytes('n'), tokenHash: bytes(`t${doctor.linkId}`), days: 3 };
    await set('statement_link', doctor.linkId, `revoked_at = '2026-10-01T00:00Z'`);
    const first = await within((tx) => gate.addLink(tx, link));
    const second = await within((tx) => gate.addLink(tx, { ...link, tokenHash: bytes(`u${doctor.linkId}`) }));
    const revoked = async (id: string) =>
      (await oneOf<{ at: Date | null }>('SELECT revoked_at AS at FROM statement_link WHERE id = $1', [id])).at;
    expect(await revoked(doctor.linkId)).toEqual(new Date('2026-10-01T00:00Z'));
    expect([await revoked(first), await revoked(second), await revoked(other.linkId)]).toEqual([
      expect.any(Date),
      null,
      null,
    ]);
    expect(await secondsTo('statement_link', second, 'expires_at')).toBe(3 * 86_400);
    expect(await gate.findNonce(second)).toEqual(bytes('n'));
    expect(await gate.findNonce(crypto.randomUUID())).toBeNull();
  });

  it('is of a statement that reached its doctor, published or paid', async () => {
    const published = (id = doctor.statementId) => within((tx) => gate.isPublished(tx, id));
    const states = ['approved', 'published', 'paid', 'superseded'];
    const are = [];
    for (const state of states) {
      await set('statement', doctor.statementId, `state = '${state}'`);
      are.push(await published());
    }
    expect(are).toEqual([false, true, true, false]);
    expect([
      await published(crypto.randomUUID()),
      await within((tx) => gate.lockStatement(tx, crypto.randomUUID())),
    ]).toEqual([false, false]);
  });
});

describe('what the events of a link add up to', () => {
  const event = (
    kind: string,
    at: string,
    parts: { id?: string; agent?: string; ip?: string; of?: DoctorAtGate } = {},
  ) =>
    rowsPastGuards(
      `INSERT INTO link_event (id, link_id, kind, at, agent, ip_hash) VALUES (coalesce($1::uuid, uuidv7()), $2, $3, $4, $5, $6)`,
      [parts.id, (parts.of ?? doctor).linkId, kind, at, parts.agent ?? 'Safari, iPhone', parts.ip ?? '\\x0a0b'],
    );
  const activity = (parts: Partial<Activity> = {}): Activity => ({
    ...{ opened: 1, machineVisits: 2, browsers: 3, verified: 4, failed: 5, viewed: 6, downloaded: 7 },
    ...{ firstOpenedAt: new Date('2026-10-01T00:00Z'), lastSeenAt: new Date('2026-10-02T00:00Z'), forwardedAt: null },
    ...parts,
  });
  const kept = (of = doctor) =>
    rowsOf(
      `SELECT opened, machine_visits AS "machineVisits", browsers, verified, failed, viewed, downloaded, first_opened_at AS "firstOpenedAt",
         last_seen_at AS "lastSeenAt", forwarded_at AS "forwardedAt" FROM link_activity WHERE link_id = $1`,
      [of.linkId],
    );

  it('reads them oldest first, those of one moment as they were written', async () => {
    const ids = [3, 1, 2].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
    await event('viewed', '2026-10-01T00:00:01Z', { id: ids[0] });
    await event('confirmed', '2026-10-01T00:00:00Z', { id: ids[2] });
    await event('opened', '2026-10-01T00:00:00Z', { id: ids[1] });
    await event('opened', '2026-10-01T00:00:00Z', { of: other });
    const events = await within((tx) => gate.eventsOfLink(tx, doctor.linkId));
    expect(events.map(({ kind }) => kind)).toEqual(['opened', 'confirmed', 'viewed']);
    expect(events[0]).toEqual({
      ...{ id: ids[1], kind: 'opened', at: new Date('2026-10-01T00:00:00Z'), machine: false, address: '0a0b' },
      agent: 'Safari, iPhone',
    });
  });

  it('is written again each time, but for the moment at which it was first found passed on', async () => {
    const save = (parts: Partial<Activity> = {}, of = doctor) =>
      within((tx) => gate.saveActivity(tx, of.linkId, activity(parts))).then(({ newlyForwarded }) => newlyForwarded);
    expect([await save(), await kept()]).toEqual([false, [activity()]]);
    const more = {
      ...activity(),
      opened: 11,
      machineVisits: 12,
      browsers: 13,
      verified: 14,
      failed: 15,
      viewed: 16,
      downloaded: 17,
    };
    const [forwardedAt, later] = [new Date('2026-10-03T00:00Z'), new Date('2026-10-04T00:00Z')];
    const last = { ...more, firstOpenedAt: later, lastSeenAt: later };
    expect([await save({ ...last, forwardedAt }), await kept()]).toEqual([true, [{ ...last, forwardedAt }]]);
    expect([await save({ forwardedAt: later }), await kept()]).toEqual([false, [activity({ forwardedAt })]]);
    expect([await save({ forwardedAt: null }), await kept()]).toEqual([false, [activity({ forwardedAt })]]);
    expect([await save({ forwardedAt }, other), (await kept(other)).length]).toEqual([true, 1]);
  });

  it('holds what was written while another looked at them', async () => {
    const client = await ownerPool().connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM statement_link WHERE id = $1 FOR UPDATE', [doctor.linkId]);
    const reviewing = reviewLinkEvents({ actor, events: [{ eventId: crypto.randomUUID(), linkId: doctor.linkId }] });
    const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%statement_link%FOR UPDATE%' AND datname = current_database()`;
    await expect.poll(async () => (await rowsOf(waits)).length, { timeout: 10_000 }).toBeGreaterThan(0);
    await event('verified', '2026-10-01T00:00:00Z');
    await client.query('COMMIT');
    client.release();
    await reviewing;
    expect(await kept()).toMatchObject([{ verified: 1 }]);
  });
});

describe('the sweep', () => {
  it('takes two thousand of a kind in a round, and answers how many went', async () => {
    await pruneGate();
    await rowsPastGuards(
      `INSERT INTO gate_browser (doctor_id, token_hash, expires_at) SELECT $1, decode(lpad(to_hex(n), 8, '0'), 'hex'), now() - interval '1 second' FROM generate_series(1, 2003) n`,
      [doctor.doctorId],
    );
    const rounds = [await gate.pruneOnce(), await gate.pruneOnce(), await gate.pruneOnce()];
    expect(rounds).toEqual([2000, 3, 0]);
  });
});
