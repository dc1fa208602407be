import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '@/server/modules/core/identity/repository';
import { hashOfSecret } from '@/server/modules/core/identity/rules';
import { endOtherSessions } from '@/server/modules/core/identity/use-cases/end-other-sessions';
import { endSession } from '@/server/modules/core/identity/use-cases/end-session';
import { findSession } from '@/server/modules/core/identity/use-cases/find-session';
import { isSessionGood } from '@/server/modules/core/identity/use-cases/is-session-good';
import { listOwnSessions } from '@/server/modules/core/identity/use-cases/list-own-sessions';
import { openSession } from '@/server/modules/core/identity/use-cases/open-session';
import { pruneSessions } from '@/server/modules/core/identity/use-cases/prune-sessions';
import { signIn } from '@/server/modules/core/identity/use-cases/sign-in';
import { signOut } from '@/server/modules/core/identity/use-cases/sign-out';
import type { StaffActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { hashPassword } from '@/server/platform/passwords';
import { rowsOf, rowsPastGuards, withDatabase } from '../integration/database';
import { makeStaff, oneOf } from '../integration/till-fixture';

withDatabase();

const PASSWORD = 'the right words of Mai';
let mai: StaffActor;
let nam: StaffActor;
beforeEach(async () => {
  await rowsPastGuards(
    'DELETE FROM staff_session; DELETE FROM app_user; DELETE FROM audit_entry; DELETE FROM rate_limit; DELETE FROM branch',
  );
  await rowsOf(`INSERT INTO branch (code, name_vi, name_en) VALUES ('Q1', 'Quận 1', 'District 1')`);
  [mai, nam] = [await makeStaff('cashier'), await makeStaff('finance', null)];
  const hash = await hashPassword(PASSWORD);
  await rowsPastGuards(
    `UPDATE app_user SET password_hash = '${hash}', name = CASE role WHEN 'cashier' THEN 'Mai' ELSE 'Nam' END, email = CASE role WHEN 'cashier' THEN 'mai@x.vn' ELSE 'nam@x.vn' END`,
  );
});

type Opened = { of?: StaffActor; previous?: string; epoch?: number; from?: string };
const open = ({ of = mai, previous, epoch = 0, from = 'home' }: Opened = {}) =>
  openSession({
    who: { id: of.id, epoch },
    proof: 'oidc',
    caller: { addressHash: from, network: '203.0.113.0/24', browser: 'Chrome, Windows' },
    previous: previous ?? null,
    correlationId: 'opened',
  });
const idOf = async (secret: string) =>
  (await rowsOf<{ id: string }>('SELECT id FROM staff_session WHERE secret_hash = $1', [hashOfSecret(secret)]))[0]
    ?.id ?? '';
const trail = async () =>
  rowsOf(
    'SELECT actor_kind AS kind, actor_id AS by, action, entity, entity_id AS of, correlation_id AS call, detail FROM audit_entry ORDER BY at, id',
  );
const change = (secret: string, set: string) =>
  rowsOf(`UPDATE staff_session SET ${set} WHERE secret_hash = $1`, [hashOfSecret(secret)]);

describe('a session', () => {
  it('is a row with whose it is, how it was proved, whence it came and when it is over, on record', async () => {
    const secret = await open();
    expect(secret).toMatch(/^[\w-]{43}$/);
    const id = await idOf(secret);
    expect(
      await oneOf(
        `SELECT user_id, epoch, proof, address_hash, network, browser, ended_at, round(extract(epoch FROM expires_at - now()) / 3600)::int AS hours FROM staff_session`,
      ),
    ).toEqual({
      ...{ user_id: mai.id, epoch: 0, proof: 'oidc', address_hash: 'home', network: '203.0.113.0/24' },
      ...{ browser: 'Chrome, Windows', ended_at: null, hours: 12 },
    });
    const by = { kind: 'system', by: 'sign-in', call: 'opened' };
    const detail = { session: id, proof: 'oidc' };
    expect(await trail()).toEqual([{ ...by, action: 'user.signed-in', entity: 'user', of: mai.id, detail }]);
    const account = {
      ...{ id: mai.id, email: 'mai@x.vn', name: 'Mai', role: 'cashier', language: 'vi', active: true, epoch: 0 },
      ...{
        branchId: mai.branchId,
        branchCode: 'Q1',
        branchNameVi: 'Quận 1',
        branchNameEn: 'District 1',
        mustChangePassword: false,
      },
    };
    expect(await findSession({ secret, attended: false })).toEqual({ id, proof: 'oidc', account });
    const other = await open({ of: nam });
    expect(await findSession({ secret: other, attended: false })).toMatchObject({
      id: await idOf(other),
      account: { id: nam.id, branchId: null, branchCode: null, branchNameVi: null, branchNameEn: null },
    });
  });

  it('is begun by nobody who was let go, or who is not as he was', async () => {
    const refusal = { kind: 'unauthenticated', code: 'wrong_credentials' };
    await expect(open({ epoch: 1 })).rejects.toMatchObject(refusal);
    await expect(open({ of: { ...mai, id: crypto.randomUUID() } })).rejects.toMatchObject(refusal);
    await rowsPastGuards(`UPDATE app_user SET active = false WHERE email = 'mai@x.vn'`);
    await expect(open()).rejects.toMatchObject(refusal);
    expect(await rowsOf('SELECT FROM staff_session')).toEqual([]);
    expect(await trail()).toEqual([]);
  });

  it('that a browser had is ended by its next one, and no other is', async () => {
    const [planted, kept, others] = [await open(), await open(), await open({ of: nam })];
    await open({ of: nam, previous: planted });
    const ended = await rowsOf<{ id: string }>('SELECT id FROM staff_session WHERE ended_at IS NOT NULL');
    expect(ended).toEqual([{ id: await idOf(planted) }]);
    for (const secret of [kept, others]) expect(await findSession({ secret, attended: false })).not.toBeNull();
  });

  it('is good while none of what ends it has happened', async () => {
    const secret = await open();
    const id = await idOf(secret);
    await open({ of: nam });
    const good = async () => [(await findSession({ secret, attended: false })) !== null, await isSessionGood({ id })];
    expect(await good()).toEqual([true, true]);
    for (const set of [
      'ended_at = now()',
      `created_at = now() - interval '1 day', expires_at = now() - interval '1 second'`,
      `seen_at = now() - interval '31 minutes'`,
      'epoch = 7',
    ]) {
      const { row } = await oneOf<{ row: object }>('SELECT to_jsonb(s) AS row FROM staff_session s WHERE id = $1', [
        id,
      ]);
      await change(secret, set);
      expect(await good(), set).toEqual([false, false]);
      await rowsOf(
        `UPDATE staff_session s SET ended_at = r.ended_at, created_at = r.created_at, expires_at = r.expires_at, seen_at = r.seen_at, epoch = r.epoch FROM jsonb_populate_record(NULL::staff_session, $1) r WHERE s.id = r.id`,
        [JSON.stringify(row)],
      );
      expect(await good(), set).toEqual([true, true]);
    }
    await rowsPastGuards(`UPDATE app_user SET active = false WHERE email = 'mai@x.vn'`);
    expect(await good()).toEqual([false, false]);
    expect(await isSessionGood({ id: crypto.randomUUID() })).toBe(false);
  });

  it('is noted as in use after a minute, and not once it has ended; its neighbours are not', async () => {
    const [used, ended, other] = [await open(), await open(), await open()];
    for (const secret of [used, ended, other]) await change(secret, `seen_at = now() - interval '61 seconds'`);
    await change(ended, 'ended_at = now()');
    for (const secret of [used, ended]) await accounts.touchSession(await idOf(secret));
    const young = async (secret: string) =>
      (
        await oneOf<{ is: boolean }>(
          `SELECT seen_at > now() - interval '5 seconds' AS is FROM staff_session WHERE secret_hash = $1`,
          [hashOfSecret(secret)],
        )
      ).is;
    expect([await young(used), await young(ended), await young(other)]).toEqual([true, false, false]);
    await change(used, `seen_at = now() - interval '58 seconds'`);
    expect((await accounts.findLiveSession(hashOfSecret(used), 30))?.stale).toBe(false);
    await accounts.touchSession(await idOf(used));
    expect(await young(used)).toBe(false);
    expect((await accounts.findLiveSession(hashOfSecret(other), 30))?.stale).toBe(true);
  });
});

describe('the sessions of a person', () => {
  it('are listed by their last use, those of one moment by the later one, with what marks each', async () => {
    const [first, second, third, over] = [await open(), await open(), await open(), await open()];
    await open({ of: nam });
    await rowsOf(`UPDATE staff_session SET seen_at = now() - interval '2 minutes', created_at = '2026-11-01T00:00Z'`);
    await change(first, `seen_at = now() - interval '1 minute'`);
    await change(over, 'ended_at = now()');
    await rowsOf(
      `UPDATE staff_session SET seen_at = (SELECT min(seen_at) FROM staff_session) WHERE secret_hash <> $1`,
      [hashOfSecret(first)],
    );
    const currentId = await idOf(second);
    const listed = await listOwnSessions({ actor: mai, currentId });
    expect(listed.map(({ id }) => id)).toEqual([await idOf(first), await idOf(third), currentId]);
    expect(listed[2]).toEqual({
      ...{ id: currentId, current: true, proof: 'oidc', network: '203.0.113.0/24', browser: 'Chrome, Windows' },
      ...{ createdAt: new Date('2026-11-01T00:00Z'), seenAt: expect.any(Date) },
    });
    expect((await listOwnSessions({ actor: mai, currentId: null })).map(({ current }) => current)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('are ended one by one, or all but one, once each, and nobody else’s', async () => {
    const [here, phone, tablet, others] = [await open(), await open(), await open(), await open({ of: nam })];
    await rowsPastGuards('DELETE FROM audit_entry');
    const id = await idOf(phone);
    await endSession({ actor: mai, id });
    for (const again of [id, await idOf(others), crypto.randomUUID()])
      await expect(endSession({ actor: mai, id: again })).rejects.toMatchObject({ code: 'not_found' });
    expect(await endOtherSessions({ actor: mai, currentId: await idOf(here) })).toBe(1);
    const open_ = await rowsOf<{ id: string }>('SELECT id FROM staff_session WHERE ended_at IS NULL ORDER BY id');
    expect(open_.map((one) => one.id)).toEqual([await idOf(here), await idOf(others)].sort());
    const by = { kind: 'user', by: mai.id, call: mai.correlationId, entity: 'user', of: mai.id };
    expect(await trail()).toEqual([
      { ...by, action: 'user.session-ended', detail: { session: id } },
      { ...by, action: 'user.sessions-ended', detail: { ended: 1 } },
    ]);
    expect(await findSession({ secret: tablet, attended: false })).toBeNull();
    await rowsPastGuards('DELETE FROM audit_entry');
    for (const _ of [1, 2]) await signOut({ secret: here, correlationId: 'left' });
    await signOut({ secret: 'no such', correlationId: 'left' });
    const detail = { session: await idOf(here) };
    expect(await trail()).toEqual([
      { kind: 'system', by: 'sign-out', call: 'left', entity: 'user', of: mai.id, action: 'user.signed-out', detail },
    ]);
    expect(await endOtherSessions({ actor: nam, currentId: null })).toBe(1);
  });

  it('are removed when they were over for thirty days', async () => {
    const [old, young] = [await open(), await open()];
    await change(old, `created_at = now() - interval '60 days', expires_at = now() - interval '30 days 1 hour'`);
    await change(young, `created_at = now() - interval '60 days', expires_at = now() - interval '29 days 23 hours'`);
    expect(await pruneSessions()).toBe(1);
    expect([await idOf(old), (await idOf(young)) === '']).toEqual(['', false]);
  });

  it('make an address known, to their own account alone', async () => {
    await open({ from: 'home' });
    await open({ of: nam, from: 'clinic' });
    const known = (email: string, from: string) => accounts.isKnownAddress(email, from);
    expect([await known('mai@x.vn', 'home'), await known('mai@x.vn', 'clinic')]).toEqual([true, false]);
    expect([await known('nam@x.vn', 'home'), await known('nobody@x.vn', 'home')]).toEqual([false, false]);
  });
});

describe('a sign-in', () => {
  const enter = (email: string, password = PASSWORD) =>
    signIn({ email, password, addressHash: 'home', correlationId: 'tried' });

  it('answers who it is; a refusal is on record with the account it was about, if there is one', async () => {
    expect(await enter('mai@x.vn')).toEqual({ id: mai.id, email: 'mai@x.vn', name: 'Mai', role: 'cashier', epoch: 0 });
    expect(await trail()).toEqual([]);
    const refusal = { kind: 'unauthenticated', code: 'wrong_credentials' };
    await expect(enter('mai@x.vn', 'some other words')).rejects.toMatchObject(refusal);
    await expect(enter('nobody@x.vn')).rejects.toMatchObject(refusal);
    const refused = {
      kind: 'system',
      by: 'sign-in',
      call: 'tried',
      action: 'user.refused',
      entity: 'user',
      detail: {},
    };
    expect(await trail()).toEqual([
      { ...refused, of: mai.id },
      { ...refused, of: 'unknown' },
    ]);
  });

  it('by a one-time password uses that of its own account up, once, while its time lasts', async () => {
    const oneTime = `must_change_password = true, one_time_used_at = NULL, one_time_until = now() + interval '1 hour'`;
    await rowsPastGuards(`UPDATE app_user SET ${oneTime}`);
    expect((await enter('mai@x.vn')).id).toBe(mai.id);
    const over = { kind: 'unauthenticated', code: 'one_time_password_over' };
    await expect(enter('mai@x.vn')).rejects.toMatchObject(over);
    expect(await trail()).toMatchObject([{ action: 'user.refused', of: mai.id }]);
    const take = (id: string) => inTransaction((tx) => accounts.takeOneTimePassword(tx, id));
    await rowsPastGuards(`UPDATE app_user SET one_time_until = now() - interval '1 second' WHERE email = 'nam@x.vn'`);
    expect(await take(nam.id)).toBe(false);
    await rowsPastGuards(`UPDATE app_user SET one_time_until = now() + interval '1 minute' WHERE email = 'nam@x.vn'`);
    expect([await take(nam.id), await take(nam.id)]).toEqual([true, false]);
  });

  it('gives its turns back, all of its pair and one of its address; a wrong one takes one of each', async () => {
    const turns = async () =>
      Object.fromEntries(
        (
          await rowsOf<{ name: string; points: number }>(
            `SELECT split_part(key, ':', 1) AS name, points FROM rate_limit`,
          )
        ).map(({ name, points }) => [name, points]),
      );
    await enter('mai@x.vn', 'some other words').catch(() => {});
    await enter('mai@x.vn', 'some other words').catch(() => {});
    expect(await turns()).toEqual({ 'sign-in-address': 2, 'sign-in-pair': 2, 'sign-in-account': 2 });
    // Counted under names from which nobody reads the e-mail.
    const account = createHmac('sha256', process.env.AUTH_SECRET ?? '')
      .update('account:mai@x.vn')
      .digest('base64url')
      .slice(0, 22);
    expect((await rowsOf<{ key: string }>('SELECT key FROM rate_limit ORDER BY key')).map(({ key }) => key)).toEqual([
      `sign-in-account:${account}`,
      'sign-in-address:home',
      `sign-in-pair:${account}.home`,
    ]);
    await enter('mai@x.vn');
    expect(await turns()).toEqual({ 'sign-in-address': 2, 'sign-in-account': 3 });
    await open({ from: 'home' });
    await enter('mai@x.vn', 'some other words').catch(() => {});
    expect(await turns()).toEqual({ 'sign-in-address': 3, 'sign-in-pair': 1, 'sign-in-account': 3 });
  });
});
