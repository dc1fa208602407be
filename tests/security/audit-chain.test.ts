import { createHash, createHmac } from 'node:crypto';
import { appendFile, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditCommands } from '@/server/cli/audit';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { type AuditVerdict, verifyAudit } from '@/server/modules/core/audit/use-cases/verify-audit';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { writeWitness } from '@/server/platform/audit-witness';
import { inTransaction, pool } from '@/server/platform/db';
import { rowsOf, rowsPastGuards, withDatabase } from '../integration/database';
import { cartOf, makeCashier, makeFixture } from '../integration/till-fixture';

withDatabase();

const actor = systemActor('test');
const fileOf = (name: string) => path.join(process.env.FILES_DIR ?? '', 'audit', name);

/** Entries as the portal writes them, `many` in one transaction. */
async function write(many: number): Promise<void> {
  await inTransaction(async (tx) => {
    for (let n = 0; n < many; n += 1)
      await recordAudit(tx, { actor, action: 'thing.done', entity: 'thing', entityId: String(n), detail: { n } });
  });
}

const idAt = async (position: number): Promise<string> =>
  (await rowsOf<{ id: string }>('SELECT entry_id AS id FROM audit_seal WHERE position = $1', [position]))[0]?.id ?? '';

type Dump = { entries: object[]; seals: object[]; anchor: Buffer };
async function backup(): Promise<Dump> {
  const rows = async (table: string) =>
    (await rowsOf<{ row: object }>(`SELECT to_jsonb(t) AS row FROM ${table} t`)).map(({ row }) => row);
  return {
    entries: await rows('audit_entry'),
    seals: await rows('audit_seal'),
    anchor: await readFile(fileOf('anchor.log')),
  };
}
async function restore({ entries, seals }: Omit<Dump, 'anchor'>): Promise<void> {
  await rowsPastGuards('TRUNCATE audit_entry, audit_seal');
  for (const [table, rows] of [
    ['audit_entry', entries],
    ['audit_seal', seals],
  ] as const)
    await rowsPastGuards(`INSERT INTO ${table} SELECT r.* FROM jsonb_populate_recordset(NULL::${table}, $1) r`, [
      JSON.stringify(rows),
    ]);
}

beforeEach(async () => {
  await rowsPastGuards('TRUNCATE audit_entry, audit_seal');
  await rm(path.join(process.env.FILES_DIR ?? '', 'audit'), { recursive: true, force: true });
  await write(60);
  await sealEntries({ thorough: true });
  await write(60);
  await sealEntries({ thorough: true });
});

const broken = (verdict: AuditVerdict) => ({ intact: verdict.intact, ...verdict.brokenAt });

describe('audit verify', () => {
  it('says that an untouched trail is whole, under load from several processes too', async () => {
    await Promise.all([
      ...Array.from({ length: 10 }, () => write(5)),
      ...Array.from({ length: 5 }, () => sealEntries()),
    ]);
    expect(await verifyAudit()).toEqual({ entries: 170n, sealed: 170n, anchored: 170n, intact: true });
  });

  it('cut: the newest 50 entries with their seals are missed', async () => {
    await rowsPastGuards('DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE position > 70)');
    await rowsPastGuards('DELETE FROM audit_seal WHERE position > 70');
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 71n, entryId: null, reason: 'cut off' });
    // Nothing is sealed upon it either, so that the gap does not grow over.
    await write(5);
    await expect(sealEntries()).rejects.toMatchObject({ code: 'audit_anchor_differs' });
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 71n, entryId: null, reason: 'cut off' });
  });

  it('rewrite: a changed entry with a whole chain made again for it is found', async () => {
    const id = await idAt(30);
    await rowsPastGuards(`UPDATE audit_entry SET detail = '{"n": 0}' WHERE id = $1`, [id]);
    // The chain as the database alone could make it: hashes that fit one another from the first to the last.
    let last = Buffer.alloc(0);
    for (const { position } of await rowsOf<{ position: string }>(
      'SELECT position FROM audit_seal ORDER BY position',
    )) {
      const own = createHash('sha256').update(position).digest();
      last = createHash('sha256').update(last).update(own).digest();
      await rowsPastGuards('UPDATE audit_seal SET entry_hash = $2, hash = $3 WHERE position = $1', [
        position,
        own,
        last,
      ]);
    }
    expect(broken(await verifyAudit())).toEqual({
      intact: false,
      position: 1n,
      entryId: await idAt(1),
      reason: 'entry changed',
    });
  });

  it('rewrite: a changed entry whose seals were thrown away is not sealed again', async () => {
    await rowsPastGuards(`UPDATE audit_entry SET detail = '{"n": 0}' WHERE id = $1`, [await idAt(30)]);
    await rowsPastGuards('TRUNCATE audit_seal');
    await expect(sealEntries({ thorough: true })).rejects.toMatchObject({ code: 'audit_anchor_differs' });
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 1n, reason: 'cut off' });
  });

  it('changed: one entry that says something else', async () => {
    const id = await idAt(30);
    await rowsPastGuards(`UPDATE audit_entry SET actor_id = 'somebody else' WHERE id = $1`, [id]);
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 30n, entryId: id, reason: 'entry changed' });
  });

  it('swap: two entries that changed places', async () => {
    const [tenth, eleventh] = [await idAt(10), await idAt(11)];
    await rowsPastGuards('DELETE FROM audit_seal WHERE position = 11');
    await rowsPastGuards(`WITH s AS (SELECT * FROM audit_seal WHERE position = 10) INSERT INTO audit_seal
      SELECT 11, '${crypto.randomUUID()}', entry_hash, hash, sealed_at, key_id FROM s`);
    await rowsPastGuards('UPDATE audit_seal SET entry_id = $1 WHERE position = 10', [eleventh]);
    await rowsPastGuards('UPDATE audit_seal SET entry_id = $1 WHERE position = 11', [tenth]);
    expect(broken(await verifyAudit())).toEqual({
      intact: false,
      position: 10n,
      entryId: eleventh,
      reason: 'entry changed',
    });
  });

  it('delete: an entry removed with its seal, and one without', async () => {
    const id = await idAt(5);
    await rowsPastGuards('DELETE FROM audit_entry WHERE id = $1', [id]);
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 5n, entryId: id, reason: 'entry missing' });
    await rowsPastGuards('DELETE FROM audit_seal WHERE position = 5');
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 5n, entryId: null, reason: 'seal missing' });
  });

  it('delete before seal: an entry that was committed and removed before the seal ran is missed', async () => {
    await write(3);
    const [{ id } = { id: '' }] = await rowsOf<{ id: string }>(
      'SELECT id FROM audit_entry ORDER BY at DESC, id DESC LIMIT 1',
    );
    await rowsPastGuards('DELETE FROM audit_entry WHERE id = $1', [id]);
    expect(broken(await verifyAudit())).toEqual({
      intact: false,
      position: null,
      entryId: id,
      reason: 'removed before its seal',
    });
  });

  it('delete before seal: also of a sale, and after the death of the process that made it', async () => {
    await makeFixture();
    const { actor: cashier } = await makeCashier('T1');
    const sold = await createPaidOrder({ actor: cashier, cart: await cartOf() });
    await writeWitness();
    const [{ id } = { id: '' }] = await rowsOf<{ id: string }>(`SELECT id FROM audit_entry WHERE entity_id = $1`, [
      sold.orderId,
    ]);
    await rowsPastGuards('DELETE FROM audit_entry WHERE id = $1', [id]);
    expect(broken(await verifyAudit())).toEqual({
      intact: false,
      position: null,
      entryId: id,
      reason: 'removed before its seal',
    });
  });

  it('what was rolled back is no removed entry', async () => {
    await inTransaction(async (tx) => {
      await recordAudit(tx, { actor, action: 'thing.undone', entity: 'thing', entityId: '1' });
      throw new Error('back');
    }).catch(() => undefined);
    expect(await verifyAudit()).toMatchObject({ entries: 120n, intact: true });
  });

  it('empty: nothing is left, of entries, of seals, or of both', async () => {
    const kept = await backup();
    await rowsPastGuards('TRUNCATE audit_entry');
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 1n, reason: 'entry missing' });
    await restore({ ...kept, seals: [] });
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 1n, entryId: null, reason: 'cut off' });
    await rowsPastGuards('TRUNCATE audit_entry, audit_seal');
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 1n, entryId: null, reason: 'cut off' });
  });

  it('fork: another past, sealed by the portal itself', async () => {
    const kept = await backup();
    await write(10);
    await sealEntries({ thorough: true });
    const anchor = await readFile(fileOf('anchor.log'));
    // A copy of the database goes on beside an anchor of its own; then its trail is laid under the true anchor.
    await restore(kept);
    await rm(fileOf('witness'), { recursive: true, force: true });
    await writeFile(fileOf('anchor.log'), kept.anchor);
    await write(15);
    await sealEntries({ thorough: true });
    await writeFile(fileOf('anchor.log'), anchor);
    expect(broken(await verifyAudit())).toEqual({
      intact: false,
      position: 130n,
      entryId: await idAt(130),
      reason: 'differs from the anchor',
    });
  });

  it('clock: a moved timestamp', async () => {
    const id = await idAt(40);
    await rowsPastGuards(`UPDATE audit_entry SET at = at - interval '1 microsecond' WHERE id = $1`, [id]);
    expect(broken(await verifyAudit())).toEqual({ intact: false, position: 40n, entryId: id, reason: 'entry changed' });
    await expect(
      pool().query(
        `INSERT INTO audit_entry (at, actor_kind, action, entity, entity_id) VALUES (now() - interval '1 day', 'user', 'a', 'b', 'c')`,
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('foreign key: seals made with another key, named or not', async () => {
    await rowsPastGuards('UPDATE audit_seal SET key_id = $1 WHERE position = 90', ['0'.repeat(16)]);
    expect(broken(await verifyAudit())).toMatchObject({
      intact: false,
      position: 90n,
      reason: 'sealed with another key',
    });
    await rowsPastGuards(
      `UPDATE audit_seal SET key_id = (SELECT key_id FROM audit_seal WHERE position = 1), hash = $1 WHERE position = 90`,
      [createHmac('sha256', 'another key').update('90').digest()],
    );
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 90n, reason: 'chain broken' });
  });
});

describe('the anchor outside of the database', () => {
  it('that is gone, changed or cut in the middle is reported', async () => {
    const kept = await readFile(fileOf('anchor.log'), 'utf8');
    await writeFile(fileOf('anchor.log'), kept.replace('"position":"60"', '"position":"61"'));
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 1n, reason: 'anchor changed' });
    await writeFile(fileOf('anchor.log'), kept.split('\n').slice(1).join('\n'));
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, reason: 'anchor changed' });
    await rm(fileOf('anchor.log'));
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 120n, reason: 'anchor missing' });
    await write(1);
    await expect(sealEntries()).rejects.toMatchObject({ code: 'audit_anchor_missing' });
    await writeFile(fileOf('anchor.log'), kept);
    expect(await verifyAudit()).toMatchObject({ entries: 121n, intact: true });
  });

  it('is whole again after a crash in the middle of a line, and behind the chain only until the next seal', async () => {
    const kept = await readFile(fileOf('anchor.log'));
    await truncate(fileOf('anchor.log'), kept.length - 30);
    await sealEntries();
    expect(await verifyAudit()).toMatchObject({ anchored: 120n, intact: true });
    await appendFile(fileOf('anchor.log'), 'half a li');
    await write(1);
    expect(await verifyAudit()).toMatchObject({ entries: 121n, anchored: 121n, intact: true });
  });

  it('a restored backup is reported until an operator accepts it, and what comes after is guarded as before', async () => {
    const kept = await backup();
    await write(30);
    await sealEntries({ thorough: true });
    await restore(kept);
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 121n, reason: 'cut off' });
    const accept = () =>
      auditCommands['audit accept']?.run({ positional: [], flags: { reason: 'bản sao lưu đêm qua' } }, actor);
    expect(await accept()).toEqual({ common: 120n, position: 120n });
    await write(4);
    expect(await verifyAudit()).toMatchObject({ entries: 125n, sealed: 125n, intact: true });
    expect(
      await rowsOf(`SELECT detail ->> 'position' AS position FROM audit_entry WHERE action = 'audit.accepted'`),
    ).toEqual([{ position: '120' }]);
    await expect(accept()).rejects.toMatchObject({ code: 'audit_nothing_to_accept' });
    await rowsPastGuards('DELETE FROM audit_seal WHERE position > 123');
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 124n, reason: 'cut off' });
  });

  it('a lost anchor is accepted alike; a changed entry never is', async () => {
    await rename(fileOf('anchor.log'), fileOf('lost.log'));
    await rowsPastGuards(`UPDATE audit_entry SET action = 'x' WHERE id = $1`, [await idAt(3)]);
    await auditCommands['audit accept']?.run({ positional: [], flags: { reason: 'ổ đĩa hỏng' } }, actor);
    expect(broken(await verifyAudit())).toMatchObject({ intact: false, position: 3n, reason: 'entry changed' });
  });
});
