import { expect, it } from 'vitest';
import { db, inTransaction, sql } from '@/server/platform/db';
import { asPortalError } from '@/server/platform/errors';
import { withDatabase } from './database';

withDatabase();

const named = expect.objectContaining({ code: 'changed_meanwhile', kind: 'unavailable', retryable: true });
const refusalOf = async (work: Promise<unknown>) =>
  asPortalError(
    await work.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );

const addBranch = (code: string) =>
  db().$executeRaw(sql`INSERT INTO branch (code, name_vi, name_en) VALUES (${code}, 'x', 'x')`);

it('a key that somebody else took first is a named refusal', async () => {
  await addBranch('B1');
  expect(await refusalOf(addBranch('B1'))).toEqual(named);
  const data = { code: 'B1', nameVi: 'x', nameEn: 'x' };
  expect(await refusalOf(db().branch.create({ data }))).toEqual(named);
});

it('of two transactions in a deadlock one fails with an error of its own', async () => {
  await Promise.all(['C1', 'C2'].map(addBranch));
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const touch = (mine: string, other: string, own: typeof first, others: typeof first) =>
    inTransaction(async (tx) => {
      await tx.$executeRaw(sql`UPDATE branch SET name_en = 'y' WHERE code = ${mine}`);
      own.resolve();
      await others.promise;
      await tx.$executeRaw(sql`UPDATE branch SET name_en = 'z' WHERE code = ${other}`);
    });
  const outcomes = await Promise.allSettled([touch('C1', 'C2', first, second), touch('C2', 'C1', second, first)]);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [asPortalError(one.reason)] : []));
  expect(refused).toEqual([expect.objectContaining({ code: 'database_unavailable', retryable: true })]);
});
