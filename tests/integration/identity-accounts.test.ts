import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSecret } from '@/server/modules/core/identity/repository';
import { addUser } from '@/server/modules/core/identity/use-cases/add-user';
import { endUserSessions } from '@/server/modules/core/identity/use-cases/end-user-sessions';
import { findSignedIn } from '@/server/modules/core/identity/use-cases/find-signed-in';
import { findUser } from '@/server/modules/core/identity/use-cases/find-user';
import { listUsers } from '@/server/modules/core/identity/use-cases/list-users';
import { loadUsers } from '@/server/modules/core/identity/use-cases/load-users';
import { resetPassword } from '@/server/modules/core/identity/use-cases/reset-password';
import { setUserActive } from '@/server/modules/core/identity/use-cases/set-user-active';
import { setUserRole } from '@/server/modules/core/identity/use-cases/set-user-role';
import { systemActor } from '@/server/platform/actor';
import { passwordFits } from '@/server/platform/passwords';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { oneOf } from './till-fixture';

withDatabase();

const actor = systemActor('operator');
const [Q1, HN] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
beforeAll(() =>
  rowsOf(
    `INSERT INTO branch (id, code, name_vi, name_en) VALUES ('${Q1}', 'Q1', 'Quận 1', 'District 1'), ('${HN}', 'HN', 'Hà Nội', 'Hanoi')`,
  ),
);
beforeEach(() => rowsPastGuards('DELETE FROM app_user; DELETE FROM audit_entry'));

const rowOf = (email: string, parts: object = {}) =>
  ({
    ...{ email, name: `Tên ${email}`, role: 'cashier', branch: 'Q1', language: 'vi' },
    ...(parts as { language?: 'en' }),
  }) as Parameters<typeof addUser>[0]['row'];
const added = async (email: string, parts: object = {}) => ({
  email,
  ...(await addUser({ actor, row: rowOf(email, parts) })),
});
/** Everything that distinguishes an account, but for its password; `hours` is how long a one-time password may wait. */
const stored = (email: string) =>
  oneOf<Record<string, unknown>>(
    `SELECT email, name, role, branch_id AS branch, language, active, session_epoch AS epoch, must_change_password AS must,
       one_time_used_at IS NOT NULL AS used, round(extract(epoch FROM one_time_until - now()) / 3600)::int AS hours,
       updated_at > created_at AS updated FROM app_user WHERE email = $1`,
    [email],
  );
const trail = () =>
  rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', e.actor_kind, e.actor_id, e.action, e.entity, coalesce(u.email, e.entity_id), b.code, e.detail::text) AS line
     FROM audit_entry e LEFT JOIN app_user u ON u.id::text = e.entity_id LEFT JOIN branch b ON b.id = e.branch_id ORDER BY e.at, e.id`,
  ).then((rows) => rows.map(({ line }) => line));
const placed = <Row>(rows: readonly Row[]) => rows.map((value, at) => ({ row: at + 2, value }));

describe('an account', () => {
  it('is made with what was said of it and a password for one time, and leaves its neighbours alone', async () => {
    const { id, oneTimePassword } = await added('b@x.vn');
    await added('a@x.vn', { role: 'finance', branch: null, language: 'en' });
    const fresh = { active: true, epoch: 0, must: true, used: false, hours: 24 };
    expect(await stored('b@x.vn')).toMatchObject({
      name: 'Tên b@x.vn',
      role: 'cashier',
      branch: Q1,
      language: 'vi',
      ...fresh,
    });
    expect(await stored('a@x.vn')).toMatchObject({
      name: 'Tên a@x.vn',
      role: 'finance',
      branch: null,
      language: 'en',
      ...fresh,
    });
    expect(await passwordFits((await findSecret(id))?.passwordHash ?? null, oneTimePassword)).toBe(true);
    expect(await trail()).toEqual([
      'system operator user.added user b@x.vn Q1 {"role": "cashier"}',
      'system operator user.added user a@x.vn {"role": "finance"}',
    ]);
    const all = await listUsers();
    expect(all.map(({ email }) => email)).toEqual(['a@x.vn', 'b@x.vn']);
    expect(all[1]).toEqual({
      ...{ id, email: 'b@x.vn', name: 'Tên b@x.vn', role: 'cashier', language: 'vi', active: true, epoch: 0 },
      ...{
        branchId: Q1,
        branchCode: 'Q1',
        branchNameVi: 'Quận 1',
        branchNameEn: 'District 1',
        mustChangePassword: true,
      },
    });
    expect(all[0]).toMatchObject({ branchId: null, branchCode: null, branchNameVi: null, branchNameEn: null });
  });

  it('is not made twice, nor in a branch that there is not', async () => {
    await added('a@x.vn');
    await expect(added('a@x.vn', { name: 'Khác' })).rejects.toMatchObject({ kind: 'conflict', code: 'user_exists' });
    const unknown = { kind: 'invalid', code: 'unknown_branch', params: { branch: 'NO' } };
    await expect(added('b@x.vn', { branch: 'NO' })).rejects.toMatchObject(unknown);
    await expect(setUserRole({ actor, email: 'a@x.vn', role: 'auditor', branch: 'NO' })).rejects.toMatchObject(unknown);
    expect(await rowsOf('SELECT name, role FROM app_user')).toEqual([{ name: 'Tên a@x.vn', role: 'cashier' }]);
    expect(await trail()).toHaveLength(1);
  });

  it('is found by its e-mail however that is written, and as signed in while it is active', async () => {
    const { id } = await added('mai@x.vn', { role: 'clinician', branch: null });
    await added('nam@x.vn');
    expect(await findUser({ email: '  MAI@x.vn ' })).toMatchObject({ id, email: 'mai@x.vn' });
    await expect(findUser({ email: 'no@x.vn' })).rejects.toMatchObject({ kind: 'not-found', code: 'unknown_user' });
    const who = { id, email: 'mai@x.vn', name: 'Tên mai@x.vn', role: 'clinician', epoch: 0 };
    expect(await findSignedIn({ email: ' Mai@X.vn' })).toEqual(who);
    expect(await findSignedIn({ email: 'no@x.vn' })).toBeNull();
    await rowsOf('UPDATE app_user SET active = false WHERE id = $1', [id]);
    expect(await findSignedIn({ email: 'mai@x.vn' })).toBeNull();
  });

  it('has what an operator does to it done to it alone, on record', async () => {
    const { id } = await added('a@x.vn');
    await added('b@x.vn');
    const other = await stored('b@x.vn');
    await rowsPastGuards(`UPDATE app_user SET updated_at = created_at WHERE email = 'a@x.vn'; DELETE FROM audit_entry`);
    await setUserRole({ actor, email: 'a@x.vn', role: 'branch-manager', branch: 'HN' });
    expect(await stored('a@x.vn')).toMatchObject({ role: 'branch-manager', branch: HN, epoch: 1, updated: true });
    await setUserRole({ actor, email: 'a@x.vn', role: 'finance', branch: null });
    expect(await stored('a@x.vn')).toMatchObject({ role: 'finance', branch: null, epoch: 2 });
    await rowsPastGuards(`UPDATE app_user SET updated_at = created_at WHERE email = 'a@x.vn'`);
    await setUserActive({ actor, email: 'a@x.vn', active: false });
    expect(await stored('a@x.vn')).toMatchObject({ active: false, epoch: 3, updated: true });
    await setUserActive({ actor, email: 'a@x.vn', active: true });
    expect(await stored('a@x.vn')).toMatchObject({ active: true });
    const { epoch } = await stored('a@x.vn');
    await endUserSessions({ actor, email: 'a@x.vn' });
    expect(await stored('a@x.vn')).toMatchObject({ epoch: Number(epoch) + 1 });
    await rowsOf(
      `UPDATE app_user SET one_time_used_at = now(), must_change_password = false, one_time_until = NULL WHERE id = $1`,
      [id],
    );
    const { oneTimePassword } = await resetPassword({ actor, email: 'a@x.vn' });
    expect(await stored('a@x.vn')).toMatchObject({ must: true, used: false, hours: 24 });
    expect(await passwordFits((await findSecret(id))?.passwordHash ?? null, oneTimePassword)).toBe(true);
    expect(await stored('b@x.vn')).toEqual(other);
    expect(await trail()).toEqual([
      'system operator user.role-set user a@x.vn HN {"role": "branch-manager"}',
      'system operator user.role-set user a@x.vn {"role": "finance"}',
      'system operator user.deactivated user a@x.vn {}',
      'system operator user.activated user a@x.vn {}',
      'system operator user.sessions-ended user a@x.vn {}',
      'system operator user.password-reset user a@x.vn {}',
    ]);
  });
});

describe('a list of accounts', () => {
  const load = (rows: ReturnType<typeof rowOf>[], named?: string[]) =>
    loadUsers({ actor, rows: placed(rows), password: 'mot mat khau dai', ...(named ? { named: new Set(named) } : {}) });

  it('adds, changes what differs in any of its facts, and leaves the rest', async () => {
    const first = ['a', 'b', 'c', 'd', 'e'].map((name) => rowOf(`${name}@x.vn`));
    expect(await load(first)).toEqual({ added: 5, changed: 0, unchanged: 0, warnings: [] });
    expect(await stored('a@x.vn')).toMatchObject({ branch: Q1, must: false, hours: null });
    expect(await trail()).toHaveLength(5);
    await rowsPastGuards('DELETE FROM audit_entry; UPDATE app_user SET updated_at = created_at');
    const differing = [{}, { name: 'Khác' }, { role: 'finance' }, { branch: 'HN' }, { language: 'en' }];
    const second = first.map((row, at) => ({ ...row, ...differing[at] }) as typeof row);
    expect(await load(second)).toEqual({ added: 0, changed: 4, unchanged: 1, warnings: [] });
    expect(
      await rowsOf(
        'SELECT name, role, branch_id AS branch, language, updated_at > created_at AS updated FROM app_user ORDER BY email',
      ),
    ).toEqual([
      { name: 'Tên a@x.vn', role: 'cashier', branch: Q1, language: 'vi', updated: false },
      { name: 'Khác', role: 'cashier', branch: Q1, language: 'vi', updated: true },
      { name: 'Tên c@x.vn', role: 'finance', branch: Q1, language: 'vi', updated: true },
      { name: 'Tên d@x.vn', role: 'cashier', branch: HN, language: 'vi', updated: true },
      { name: 'Tên e@x.vn', role: 'cashier', branch: Q1, language: 'en', updated: true },
    ]);
    expect(await trail()).toEqual(
      [
        ['b', 'cashier'],
        ['c', 'finance'],
        ['d', 'cashier'],
        ['e', 'cashier'],
      ].map(([name, role]) => `system operator user.loaded user ${name}@x.vn {"role": "${role}"}`),
    );
  });

  it('keeps branch and language where its sheet names no such column', async () => {
    await load([rowOf('a@x.vn', { branch: 'HN', language: 'en' })]);
    await load([rowOf('a@x.vn', { branch: null, language: 'vi', name: 'Khác' })], ['email', 'name', 'role']);
    expect(await stored('a@x.vn')).toMatchObject({ name: 'Khác', branch: HN, language: 'en' });
    await load([rowOf('a@x.vn', { branch: null, language: 'vi', name: 'Khác' })], ['branch']);
    expect(await stored('a@x.vn')).toMatchObject({ branch: null, language: 'en' });
  });

  it('is refused as a whole, with every wrong cell', async () => {
    const rows = [rowOf('a@x.vn', { branch: null }), rowOf('b@x.vn', { branch: 'NO' }), rowOf('a@x.vn')];
    await expect(load(rows)).rejects.toMatchObject({
      code: 'bad_rows',
      problems: [
        { row: 3, column: 'branch', code: 'unknown_branch', params: { value: 'NO' } },
        { row: 4, column: 'email', code: 'duplicate_code', params: expect.any(Object) },
      ],
    });
    expect(await rowsOf('SELECT FROM app_user')).toEqual([]);
  });
});
