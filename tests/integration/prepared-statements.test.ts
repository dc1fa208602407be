import { describe, expect, it } from 'vitest';
import { db, sql } from '@/server/platform/db';
import { asPortalError } from '@/server/platform/errors';
import { ownerPool, withDatabase } from './database';

withDatabase();

const SAYING = 'CREATE FUNCTION saying() RETURNS TABLE (word text) LANGUAGE sql AS $$ SELECT $q$a word$q$ $$';
const COUNTING = 'CREATE FUNCTION saying() RETURNS TABLE (word int) LANGUAGE sql AS $$ SELECT 7 $$';
const said = async () => (await db().$queryRaw<{ word: unknown }[]>(sql`SELECT * FROM saying()`))[0]?.word;

describe('statements', () => {
  it('are read and planned once by a connection, whoever asks', async () => {
    const [count] = await db().$transaction(async (tx) => {
      for (let round = 0; round < 3; round += 1) await tx.$queryRaw(sql`SELECT ${round}::int AS kept_once`);
      return tx.$queryRaw<{ kept: bigint }[]>(
        sql`SELECT count(*) AS kept FROM pg_prepared_statements WHERE statement LIKE '%AS kept_once%' AND name <> ''
          AND statement NOT LIKE '%pg_prepared%'`,
      );
    });
    expect(count?.kept).toBe(1n);
  });

  it('whose answer has another type after a migration fail once, as something that passes, and go on', async () => {
    await ownerPool().query(SAYING);
    for (let round = 0; round < 30; round += 1) expect(await said()).toBe('a word');
    await ownerPool().query(`DROP FUNCTION saying(); ${COUNTING}`);
    const answers: unknown[] = [];
    for (let round = 0; round < 30; round += 1)
      answers.push(await said().catch((error: unknown) => asPortalError(error).code));
    expect(answers.filter((one) => one === 'database_unavailable').length).toBeLessThanOrEqual(1);
    expect(answers.at(-1)).toBe(7);
    expect(answers.filter((one) => one === 7).length).toBeGreaterThanOrEqual(29);
  });
});
