import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { userCommands } from '@/server/cli/users';
import { changePassword } from '@/server/modules/core/identity/use-cases/change-password';
import { endOtherSessions } from '@/server/modules/core/identity/use-cases/end-other-sessions';
import { endSession } from '@/server/modules/core/identity/use-cases/end-session';
import { findSession } from '@/server/modules/core/identity/use-cases/find-session';
import { isSessionGood } from '@/server/modules/core/identity/use-cases/is-session-good';
import { listOwnSessions } from '@/server/modules/core/identity/use-cases/list-own-sessions';
import { loadUsers } from '@/server/modules/core/identity/use-cases/load-users';
import { openSession } from '@/server/modules/core/identity/use-cases/open-session';
import { pruneSessions } from '@/server/modules/core/identity/use-cases/prune-sessions';
import { signOut } from '@/server/modules/core/identity/use-cases/sign-out';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { hashPassword } from '@/server/platform/passwords';
import { withDatabase } from '../integration/database';
import { makeFixture, makeStaff, oneOf, rowsOf } from '../integration/till-fixture';

withDatabase();
beforeAll(makeFixture);

const PASSWORD = 'the right words of Mai';
const operator = systemActor('portal');
const caller = { addressHash: 'home', network: null, browser: 'Chrome, Windows' };

let actor: StaffActor;
let email = '';
let epoch = 0;
async function readAccount(): Promise<void> {
  ({ email, epoch } = await oneOf<{ email: string; epoch: number }>(
    'SELECT email, session_epoch AS epoch FROM app_user WHERE id = $1',
    [actor.id],
  ));
}
beforeEach(async () => {
  actor = await makeStaff('cashier');
  const hash = await hashPassword(PASSWORD);
  await rowsOf('UPDATE app_user SET password_hash = $2 WHERE id = $1', [actor.id, hash]);
  await readAccount();
});

const begin = (previous: string | null = null, parts: { epoch?: number } = {}) =>
  openSession({
    who: { id: actor.id, epoch: parts.epoch ?? epoch },
    proof: 'password',
    caller,
    previous,
    correlationId: crypto.randomUUID(),
  });
const isGood = async (secret: string) => (await findSession({ secret, attended: true })) !== null;
const idOf = async (secret: string) => (await findSession({ secret, attended: false }))?.id ?? '';
const run = (command: string, ...words: string[]) => {
  const flags = Object.fromEntries(words.flatMap((word) => (word.startsWith('--') ? [word.slice(2).split('=')] : [])));
  const positional = words.filter((word) => !word.startsWith('--'));
  return userCommands[command]?.run({ positional, flags }, operator);
};

describe('a session ends at once, wherever it is used', () => {
  it('at sign-out', async () => {
    const [here, phone] = [await begin(), await begin()];
    expect([await isGood(here), await isGood(phone)]).toEqual([true, true]);
    await signOut({ secret: here, correlationId: 'test' });
    expect([await isGood(here), await isGood(phone)]).toEqual([false, true]);
  });

  it('at a change of the password, all of them', async () => {
    const [here, phone] = [await begin(), await begin()];
    await changePassword({ actor, current: PASSWORD, next: 'four unlikely words here' });
    expect([await isGood(here), await isGood(phone)]).toEqual([false, false]);
  });

  it.each([
    ['users deactivate', []],
    ['users set-role', ['--role=auditor']],
    ['users set-role', ['--role=cashier', '--branch=HN']],
    ['users reset-password', []],
    ['users end-sessions', []],
  ] as const)('by the command line: %s %j', async (command, words) => {
    const secret = await begin();
    await run(command, email, ...words);
    expect(await isGood(secret)).toBe(false);
    const { id } = await oneOf<{ id: string }>('SELECT id FROM staff_session WHERE user_id = $1', [actor.id]);
    expect(await isSessionGood({ id })).toBe(false);
  });

  it('whoever changes role, branch, password or being active in the database', async () => {
    for (const change of [
      `role = 'auditor'`,
      `branch_id = (SELECT id FROM branch WHERE code = 'HN')`,
      `password_hash = 'x'`,
      'active = false',
    ]) {
      await rowsOf('UPDATE app_user SET active = true WHERE id = $1', [actor.id]);
      await readAccount();
      const secret = await begin();
      expect(await isGood(secret)).toBe(true);
      await rowsOf(`UPDATE app_user SET ${change} WHERE id = $1`, [actor.id]);
      expect(await isGood(secret), change).toBe(false);
    }
  });

  it('by a list of accounts that is loaded again with another role', async () => {
    const secret = await begin();
    const row = { email, name: 'Người dùng', role: 'finance', branch: null, language: 'vi' } as const;
    await loadUsers({ actor: operator, rows: [{ row: 2, value: row }], password: PASSWORD });
    expect(await isGood(secret)).toBe(false);
    await readAccount();
    const again = await begin();
    await loadUsers({ actor: operator, rows: [{ row: 2, value: row }], password: PASSWORD });
    expect(await isGood(again)).toBe(true);
  });

  it('but not when something else of the account changes', async () => {
    const secret = await begin();
    await rowsOf(`UPDATE app_user SET name = 'Tên khác', language = 'en' WHERE id = $1`, [actor.id]);
    expect(await isGood(secret)).toBe(true);
  });

  it('twelve hours after it began, however busy it was', async () => {
    const secret = await begin();
    await rowsOf(
      `UPDATE staff_session SET created_at = now() - interval '12 hours', expires_at = now(), seen_at = now() WHERE user_id = $1`,
      [actor.id],
    );
    expect(await isGood(secret)).toBe(false);
  });

  it('after thirty minutes in which nobody did anything', async () => {
    const secret = await begin();
    const rest = (minutes: number) =>
      rowsOf(`UPDATE staff_session SET seen_at = now() - make_interval(mins => $2) WHERE user_id = $1`, [
        actor.id,
        minutes,
      ]);
    await rest(29);
    expect(await isGood(secret)).toBe(true);
    await rest(30);
    expect(await isGood(secret)).toBe(false);
  });
});

describe('being in use', () => {
  const seenAt = () => oneOf<{ at: Date }>('SELECT seen_at AS at FROM staff_session WHERE user_id = $1', [actor.id]);
  const ago = (seconds: number) =>
    rowsOf('UPDATE staff_session SET seen_at = now() - make_interval(secs => $2) WHERE user_id = $1', [
      actor.id,
      seconds,
    ]);

  it('is noted at most once a minute', async () => {
    const secret = await begin();
    await ago(50);
    const before = await seenAt();
    await findSession({ secret, attended: true });
    expect(await seenAt()).toEqual(before);
    await ago(70);
    const old = await seenAt();
    await findSession({ secret, attended: true });
    expect((await seenAt()).at.getTime()).toBeGreaterThan(old.at.getTime() + 60_000);
  });

  it('is not what a screen asks for by itself, nor a live connection', async () => {
    const secret = await begin();
    await ago(600);
    const before = await seenAt();
    await findSession({ secret, attended: false });
    await isSessionGood({ id: await idOf(secret) });
    expect(await seenAt()).toEqual(before);
  });
});

describe('a new sign-in', () => {
  it('begins a session of its own and ends the one that the browser had', async () => {
    const planted = await begin();
    const own = await begin(planted);
    expect(own).not.toBe(planted);
    expect([await isGood(planted), await isGood(own)]).toEqual([false, true]);
  });

  it('is refused where the account has changed since the password was checked', async () => {
    await rowsOf(`UPDATE app_user SET role = 'auditor' WHERE id = $1`, [actor.id]);
    await expect(begin()).rejects.toMatchObject({ code: 'wrong_credentials' });
    await rowsOf('UPDATE app_user SET active = false WHERE id = $1', [actor.id]);
    await readAccount();
    await expect(begin()).rejects.toMatchObject({ code: 'wrong_credentials' });
  });

  it('leaves nothing in the database that opens a session', async () => {
    const secret = await begin();
    const { row } = await oneOf<{ row: string }>(
      'SELECT row_to_json(s)::text AS row FROM staff_session s WHERE user_id = $1',
      [actor.id],
    );
    expect(row).not.toContain(secret);
    for (const forged of ['', 'x'.repeat(43), secret.slice(1), `${secret}A`]) expect(await isGood(forged)).toBe(false);
  });
});

describe('one’s own sessions', () => {
  it('are listed with this one marked, and can be ended one by one or all but this', async () => {
    const [here, phone, tablet] = [await begin(), await begin(), await begin()];
    const currentId = await idOf(here);
    const listed = await listOwnSessions({ actor, currentId });
    expect(listed.map(({ current }) => current).sort()).toEqual([false, false, true]);
    expect(listed.find(({ current }) => current)?.id).toBe(currentId);
    expect(listed[0]).toMatchObject({ browser: 'Chrome, Windows', proof: 'password' });
    await endSession({ actor, id: await idOf(phone) });
    expect([await isGood(here), await isGood(phone), await isGood(tablet)]).toEqual([true, false, true]);
    expect(await endOtherSessions({ actor, currentId })).toBe(1);
    expect([await isGood(here), await isGood(tablet)]).toEqual([true, false]);
    expect(await listOwnSessions({ actor, currentId })).toHaveLength(1);
  });

  it('are nobody else’s to see or to end', async () => {
    const secret = await begin();
    const stranger = await makeStaff('administrator');
    expect(await listOwnSessions({ actor: stranger, currentId: null })).toEqual([]);
    await expect(endSession({ actor: stranger, id: await idOf(secret) })).rejects.toMatchObject({ code: 'not_found' });
    await endOtherSessions({ actor: stranger, currentId: null });
    expect(await isGood(secret)).toBe(true);
  });

  it('are removed a month after they were over', async () => {
    const secret = await begin();
    const over = (days: number) =>
      rowsOf(
        `UPDATE staff_session SET created_at = now() - interval '90 days', expires_at = now() - make_interval(days => $2)
         WHERE user_id = $1`,
        [actor.id, days],
      );
    await over(29);
    await pruneSessions();
    expect(await rowsOf('SELECT FROM staff_session WHERE user_id = $1', [actor.id])).toHaveLength(1);
    await over(31);
    expect(await pruneSessions()).toBeGreaterThan(0);
    expect(await rowsOf('SELECT FROM staff_session WHERE user_id = $1', [actor.id])).toHaveLength(0);
    expect(await isGood(secret)).toBe(false);
  });
});
