import { TRPCError } from '@trpc/server';
import { dictionary } from '@zxcvbn-ts/language-common';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiContext } from '@/server/api/context';
import { appRouter } from '@/server/api/root';
import { createCallerFactory, type ProcedureMeta } from '@/server/api/trpc';
import { addUser } from '@/server/modules/core/identity/use-cases/add-user';
import { changePassword } from '@/server/modules/core/identity/use-cases/change-password';
import { resetPassword } from '@/server/modules/core/identity/use-cases/reset-password';
import { signIn } from '@/server/modules/core/identity/use-cases/sign-in';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { asPortalError } from '@/server/platform/errors';
import { hashPassword, isGuessable, passwordFits } from '@/server/platform/passwords';
import { withDatabase } from '../integration/database';
import { makeStaff, oneOf, rowsOf } from '../integration/till-fixture';

withDatabase();

const operator = systemActor('portal');
const CURRENT = 'the right words of Mai';
const GOOD = 'four unlikely words here';

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => asPortalError(error instanceof TRPCError ? error.cause : error).code,
  );

describe('a password of one’s own', () => {
  let actor: StaffActor;
  beforeEach(async () => {
    actor = await makeStaff('cashier', null);
    await rowsOf(`UPDATE app_user SET password_hash = $2, name = 'Nguyễn Thị Thu Hà', email = $3 WHERE id = $1`, [
      actor.id,
      await hashPassword(CURRENT),
      `thuha.${actor.id}@sapoche.example`,
    ]);
  });
  const change = (next: string, current = CURRENT) => codeOf(changePassword({ actor, current, next }));

  it('needs the current one', async () => {
    expect(await change(GOOD, 'something else entirely')).toBe('wrong_current_password');
    expect(await change(GOOD)).toBe('done');
  });

  it('is set once, of several that are sent at once by who knows the current one', async () => {
    const outcomes = await Promise.all([GOOD, `${GOOD} two`, `${GOOD} three`].map((next) => change(next)));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
  });

  it('never takes back what an administrator has reset meanwhile', async () => {
    const { email } = await oneOf<{ email: string }>('SELECT email FROM app_user WHERE id = $1', [actor.id]);
    await Promise.all([change(GOOD), resetPassword({ actor: operator, email })]);
    expect(await oneOf('SELECT must_change_password AS must FROM app_user WHERE id = $1', [actor.id])).toEqual({
      must: true,
    });
  });

  it('is not the current one', async () => {
    expect(await change(CURRENT)).toBe('password_same');
  });

  it('has fifteen characters at least, and no other rule of what they are', async () => {
    await expect(changePassword({ actor, current: CURRENT, next: 'b4x!Kq9#mWz2$u' })).rejects.toMatchObject({
      ...{ kind: 'invalid', code: 'password_short', params: { least: 15 } },
    });
    expect(await change('bkqmwzuvbxnrtgf')).toBe('done');
  });

  it('may be long, with spaces and letters of any language', async () => {
    const long = 'sông Hồng mùa lũ 🌊 chín cánh cò bay ngang trời chiều không ai gọi tên '.repeat(3).slice(0, 200);
    expect(await change(long)).toBe('done');
    const { hash } = await oneOf<{ hash: string }>('SELECT password_hash AS hash FROM app_user WHERE id = $1', [
      actor.id,
    ]);
    expect(await passwordFits(hash, long)).toBe(true);
    expect(await passwordFits(hash, long.slice(0, -1))).toBe(false);
    expect(await passwordFits(hash, long.toUpperCase())).toBe(false);
    expect(await passwordFits(hash, long.normalize('NFD'))).toBe(true);
  });

  it.each([
    'passwordpassword',
    'password12345678',
    'P@ssw0rd2026!!!!',
    'qwertyuiopasdfgh',
    '1q2w3e4r5t6y7u8i',
    '111111111111111111',
    'matkhau123456789',
    'sapoche-portal-2026',
    'Nguyen Thi Thu Ha',
    'nguyenthithuha123',
    'SAPOCHE sapoche 1',
  ])('is no common one nor one made of what is known of the person: %s', async (next) => {
    expect(await change(next)).toBe('password_common');
  });

  it('cannot be guessed at without end by who holds a session', async () => {
    const answers: string[] = [];
    for (let tries = 0; tries < 12; tries += 1) answers.push(await change(GOOD, `guess number ${tries}`));
    expect(answers.at(-1)).toBe('too_many_tries');
  });
});

describe('common passwords', () => {
  it('are none of them taken, whatever their length', async () => {
    const common = dictionary['passwords-common'];
    expect(common.length).toBeGreaterThan(40_000);
    const sample = common.filter((_, index) => index < 3_000 || index % 50 === 0);
    const taken: string[] = [];
    for (const password of sample) if (!(await isGuessable(password, []))) taken.push(password);
    expect(taken).toEqual([]);
  });
});

describe('a one-time password', () => {
  const add = async () => {
    const email = `new${crypto.randomUUID()}@portal.test`;
    const row = { email, name: 'Người mới', role: 'cashier', branch: null, language: 'vi' } as const;
    return { email, ...(await addUser({ actor: operator, row })) };
  };
  const enter = ({ email, oneTimePassword }: { email: string; oneTimePassword: string }) =>
    codeOf(signIn({ email, password: oneTimePassword, addressHash: crypto.randomUUID(), correlationId: 'test' }));

  it('opens once', async () => {
    const added = await add();
    expect(await enter(added)).toBe('done');
    expect(await enter(added)).toBe('one_time_password_over');
  });

  it('opens once of twenty times at once', async () => {
    const added = await add();
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(added)));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
  });

  it('runs out', async () => {
    const added = await add();
    await rowsOf('UPDATE app_user SET one_time_until = now() WHERE id = $1', [added.id]);
    expect(await enter(added)).toBe('one_time_password_over');
  });

  it('says so to nobody who does not know it', async () => {
    const added = await add();
    await rowsOf('UPDATE app_user SET one_time_until = now() WHERE id = $1', [added.id]);
    expect(await enter({ ...added, oneTimePassword: 'xxxx-xxxx-xxxx-xxxx' })).toBe('wrong_credentials');
  });

  it('comes again from an administrator, and ends with the own password', async () => {
    const added = await add();
    await enter(added);
    const { oneTimePassword } = await resetPassword({ actor: operator, email: added.email });
    expect(await enter(added)).toBe('wrong_credentials');
    expect(await enter({ ...added, oneTimePassword })).toBe('done');
    const actor: StaffActor = { kind: 'user', id: added.id, role: 'cashier', branchId: null, correlationId: 'test' };
    await changePassword({ actor, current: oneTimePassword, next: GOOD });
    expect(await enter({ ...added, oneTimePassword })).toBe('wrong_credentials');
    expect(await enter({ ...added, oneTimePassword: GOOD })).toBe('done');
    expect(await enter({ ...added, oneTimePassword: GOOD })).toBe('done');
  });
});

describe('who has a one-time password still to change', () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { meta?: ProcedureMeta } }>,
  ).filter(([, { _def }]) => _def.meta?.permission !== 'public');

  it.each(procedures)('is nobody to %s', async (path) => {
    const context: ApiContext = {
      staff: null,
      newcomer: await makeStaff('administrator', null),
      doctor: null,
      locale: 'vi',
      correlationId: 'test',
      addressHash: 'test',
    };
    let call: unknown = createCallerFactory(appRouter)(context);
    for (const part of path.split('.')) call = (call as Record<string, unknown>)[part];
    const answer = await codeOf((call as (input: unknown) => Promise<unknown>)({ nobody: 'sends this' }));
    const refusals = ['password_change_first', 'gate_first'];
    if (path === 'identity.changePassword') expect(refusals).not.toContain(answer);
    else expect(refusals).toContain(answer);
  });
});
