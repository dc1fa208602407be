import { beforeAll, describe, expect, it } from 'vitest';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, pool } from '@/server/platform/db';
import { withDatabase } from '../integration/database';

withDatabase();

const actor = systemActor('test');
async function write(many: number): Promise<void> {
  await inTransaction(async (tx) => {
    for (let n = 0; n < many; n += 1)
      await recordAudit(tx, { actor, action: 'thing.done', entity: 'thing', entityId: String(n) });
  });
}
beforeAll(async () => {
  await write(10);
  await sealEntries({ thorough: true });
});

describe("the application's role", () => {
  it('writes no seal by itself, and appends only behind the end of the chain', async () => {
    const seal = `INSERT INTO audit_seal (position, entry_id, entry_hash, hash, key_id) VALUES (999, uuidv7(), '', '', '')`;
    await expect(pool().query(seal)).rejects.toMatchObject({ code: '42501' });
    await expect(
      pool().query(`SELECT audit_append_seals(7, ARRAY[uuidv7()], ARRAY[''::bytea], ARRAY[''::bytea], '')`),
    ).rejects.toMatchObject({ code: '40001' });
    await expect(pool().query(`UPDATE audit_seal SET hash = ''`)).rejects.toMatchObject({ code: '42501' });
  });

  const ONE = 'ARRAY[(SELECT id FROM audit_entry ORDER BY at DESC, id DESC LIMIT 1)]';
  const DIGEST = `sha256('x')`;
  it.each([
    ['no hashes', `${ONE}, ARRAY[''::bytea], ARRAY[''::bytea], repeat('a', 16)`],
    ['short ones', `${ONE}, ARRAY['x'::bytea], ARRAY['y'::bytea], repeat('a', 16)`],
    ['none at all', `'{}', '{}', '{}', repeat('a', 16)`],
    ['fewer hashes than entries', `${ONE}, '{}', '{}', repeat('a', 16)`],
    ['an absent hash', `${ONE}, ARRAY[NULL::bytea], ARRAY[${DIGEST}], repeat('a', 16)`],
    ['an entry that is none', `ARRAY[uuidv7()], ARRAY[${DIGEST}], ARRAY[${DIGEST}], repeat('a', 16)`],
    ['an entry twice', `${ONE} || ${ONE}, ARRAY[${DIGEST}, ${DIGEST}], ARRAY[${DIGEST}, sha256('y')], repeat('a', 16)`],
    [
      'one hash for two places',
      `ARRAY(SELECT id FROM audit_entry ORDER BY at DESC, id DESC LIMIT 2), ARRAY[${DIGEST}, sha256('y')], ARRAY[${DIGEST}, ${DIGEST}], repeat('a', 16)`,
    ],
    ['a key without a name', `${ONE}, ARRAY[${DIGEST}], ARRAY[${DIGEST}], ''`],
    ['an absent key', `${ONE}, ARRAY[${DIGEST}], ARRAY[${DIGEST}], NULL`],
    [
      'the seal before it',
      `${ONE}, ARRAY[${DIGEST}], ARRAY[(SELECT hash FROM audit_seal ORDER BY position DESC LIMIT 1)], repeat('a', 16)`,
    ],
    [
      'an entry that has one',
      `ARRAY[(SELECT entry_id FROM audit_seal LIMIT 1)], ARRAY[${DIGEST}], ARRAY[${DIGEST}], repeat('a', 16)`,
    ],
  ])('appends no seal that is none of any key: %s', async (_, seals) => {
    await sealEntries();
    await write(2);
    const end = '(SELECT coalesce(max(position), 0) FROM audit_seal)';
    await expect(pool().query(`SELECT audit_append_seals(${end}, ${seals})`)).rejects.toMatchObject({ code: '23001' });
  });
});
