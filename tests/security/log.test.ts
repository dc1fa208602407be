import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { db, sql } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { describeError } from '@/server/platform/logger';
import { withDatabase } from '../integration/database';

withDatabase();

const NAME = 'Nguyễn Thị Bí Mật';
const failureOf = (work: () => unknown): Promise<unknown> =>
  Promise.resolve()
    .then(work)
    .then(
      () => 'nothing failed',
      (error) => error,
    );

async function plainQuery(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await client.query('SELECT $1::uuid', [NAME]);
  } finally {
    await client.end();
  }
}

describe('the log of an error of the database shows no value of a row', () => {
  it.each<[string, () => unknown]>([
    ['Prisma, raw', () => db().$queryRaw(sql`SELECT ${NAME}::uuid`)],
    ['Prisma, a wrong argument', () => db().patient.findFirst({ where: { fullName: { nothing: NAME } } } as never)],
    ['Prisma, many lines', () => db().$queryRaw(sql`SELECT ${`${NAME}\n    at nowhere`}::uuid`)],
    ['pg', plainQuery],
    ['a parser of JSON', () => JSON.parse(NAME)],
    ['zod', () => z.literal('x', { error: () => NAME }).parse(NAME)],
    [
      'one inside another',
      async () => {
        const cause = await failureOf(plainQuery);
        throw new PortalError('internal', 'internal', { cause });
      },
    ],
  ])('%s', async (_, work) => {
    const error = await failureOf(work);
    expect(error).toBeInstanceOf(Error);
    const reported = JSON.stringify(describeError(error));
    expect(reported).not.toContain('Bí Mật');
    expect(reported).toContain('    at ');
  });

  it('an error of our own says what it is', () => {
    expect(describeError(new TypeError('not a function'))).toMatchObject({
      type: 'TypeError',
      message: 'not a function',
    });
  });
});
