import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { project } from '../architecture/tree';
import { ownerPool, rowsOf, withDatabase } from './database';

withDatabase();

const namesOf = (kind: 'FUNCTION' | 'VIEW') =>
  project
    .filesIn('prisma/routines', /\.sql$/)
    .flatMap((file) =>
      [...project.read(file).matchAll(new RegExp(`^CREATE ${kind} (\\w+)`, 'gm'))].map(([, name]) => name ?? ''),
    );

/** A body that names what is not there, or takes one type for another (SQLSTATE class 42); a refusal of the business is none. */
const isBroken = (code: string) => code.startsWith('42');

async function codeOf(text: string): Promise<string> {
  const client = await ownerPool().connect();
  try {
    await client.query('BEGIN');
    await client.query(text);
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it.each(namesOf('FUNCTION'))('%s can be called', async (name) => {
  const calls = await rowsOf<{ text: string }>(
    `SELECT format('SELECT * FROM %I(%s)', p.proname,
       (SELECT string_agg(format('NULL::%s', format_type(t, NULL)), ', ' ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY a (t, n))) AS text
     FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname = $1`,
    [name],
  );
  expect(calls).toHaveLength(1);
  expect(isBroken(await codeOf(calls[0]?.text ?? ''))).toBe(false);
});

it.each(namesOf('VIEW'))('%s can be read', async (name) => {
  expect(await codeOf(`SELECT * FROM ${name} LIMIT 1`)).toBe('ok');
});

it('has every routine that the version before calls, for as long as a deploy rolls', async () => {
  const listed = readFileSync(new URL('../fixtures/former-version/routines.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const there = await rowsOf<{ signature: string; found: boolean }>(
    'SELECT s AS signature, to_regprocedure(s) IS NOT NULL AS found FROM unnest($1::text[]) AS s',
    [listed],
  );
  expect(there.filter(({ found }) => !found)).toEqual([]);
});
