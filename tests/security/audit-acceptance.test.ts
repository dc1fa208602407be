import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptAudit } from '@/server/modules/core/audit/use-cases/accept-audit';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { verifyAudit } from '@/server/modules/core/audit/use-cases/verify-audit';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { writeWitness } from '@/server/platform/audit-witness';
import { inTransaction } from '@/server/platform/db';
import { ownerPool, rowsOf, rowsPastGuards, withDatabase } from '../integration/database';

withDatabase();

const actor = systemActor('operator');
const audit = (name = '') => path.join(process.env.FILES_DIR ?? '', 'audit', name);
const write = (many = 1) =>
  inTransaction(async (tx) => {
    for (let n = 0; n < many; n += 1)
      await recordAudit(tx, { actor, action: 'thing.done', entity: 'thing', entityId: String(n) });
  });
/** Entries that the portal did not write, and knows nothing of. */
const forge = (many: number, age: string) =>
  rowsPastGuards(
    `INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id)
     SELECT now() - $2::interval + make_interval(secs => n / 1000000.0), 'user', 'x', 'a.b', 'a', 'y' FROM generate_series(1, $1::int) n`,
    [many, age],
  );
const anchor = async () =>
  (await readFile(audit('anchor.log'), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line.slice(65)) as Record<string, string>);
const refusal = { kind: 'conflict', code: 'audit_nothing_to_accept' };
const newestId = async () =>
  (await rowsOf<{ id: string }>('SELECT id FROM audit_entry ORDER BY at DESC, id DESC LIMIT 1'))[0]?.id ?? '';

beforeEach(async () => {
  await writeWitness();
  await rowsPastGuards('TRUNCATE audit_entry, audit_seal');
  await rm(audit(), { recursive: true, force: true });
});

describe('an operator', () => {
  it('has nothing to accept where there is nothing, and where all is as it was', async () => {
    await expect(acceptAudit({ actor, reason: 'x' })).rejects.toMatchObject(refusal);
    await write(3);
    await sealEntries({ thorough: true });
    await expect(acceptAudit({ actor, reason: 'x' })).rejects.toMatchObject(refusal);
    expect(await verifyAudit()).toEqual({ entries: 3n, sealed: 3n, anchored: 3n, intact: true });
  });

  it('accepts a lost anchor once: who it was, where the chain stood and why is in the anchor and in the trail', async () => {
    await write(3);
    await sealEntries({ thorough: true });
    await rm(audit('anchor.log'));
    expect(await acceptAudit({ actor, reason: `ổ đĩa hỏng ${'x'.repeat(300)}` })).toEqual({ common: 0n, position: 3n });
    const [{ hash } = { hash: '' }] = await rowsOf<{ hash: string }>(
      `SELECT encode(hash, 'hex') AS hash FROM audit_seal WHERE position = 3`,
    );
    const at = expect.any(String);
    expect(await anchor()).toEqual([{ kind: 'accepted', common: '0', position: '3', hash, at }]);
    const reason = `ổ đĩa hỏng ${'x'.repeat(300)}`.slice(0, 200);
    expect(
      await rowsOf(
        'SELECT actor_kind, actor_id, action, entity, entity_id, detail FROM audit_entry ORDER BY at DESC LIMIT 1',
      ),
    ).toEqual([
      {
        ...{
          actor_kind: 'system',
          actor_id: 'operator',
          action: 'audit.accepted',
          entity: 'audit',
          entity_id: 'chain',
        },
        detail: { common: 0, position: 3, reason },
      },
    ]);
    expect(await verifyAudit()).toEqual({ entries: 4n, sealed: 4n, anchored: 4n, intact: true });
    await expect(acceptAudit({ actor, reason: 'x' })).rejects.toMatchObject(refusal);
  });

  it('accepts a trail that was emptied, and one of which an entry was removed, each time once', async () => {
    await write(3);
    await sealEntries({ thorough: true });
    await rowsPastGuards('TRUNCATE audit_entry, audit_seal');
    expect(await acceptAudit({ actor, reason: 'thử lại' })).toEqual({ common: 0n, position: 0n });
    expect((await anchor()).at(-1)).toMatchObject({ kind: 'accepted', common: '0', position: '0', hash: '' });
    for (const before of [1n, 2n]) {
      await write();
      const id = await newestId();
      await rowsPastGuards('DELETE FROM audit_entry WHERE id = $1', [id]);
      expect(await verifyAudit()).toMatchObject({
        intact: false,
        brokenAt: { position: null, entryId: id, reason: 'removed before its seal' },
      });
      expect(await acceptAudit({ actor, reason: 'thử lại' })).toEqual({ common: before, position: before });
      await expect(acceptAudit({ actor, reason: 'thử lại' })).rejects.toMatchObject(refusal);
      expect(await verifyAudit()).toMatchObject({ intact: true });
    }
  });

  it('accepts what was put back in time once, and learns what is common of two pasts', async () => {
    await write(2);
    await sealEntries({ thorough: true });
    await forge(1, '2 days');
    await sealEntries({ thorough: true });
    expect(await acceptAudit({ actor, reason: 'đồng hồ bị lùi' })).toEqual({ common: 3n, position: 3n });
    await expect(acceptAudit({ actor, reason: 'đồng hồ bị lùi' })).rejects.toMatchObject(refusal);
    await sealEntries({ thorough: true });
    // The newest of the chain is cut off, and what was sealed as the third is another.
    await rowsPastGuards(
      `DELETE FROM audit_seal WHERE position > 3; UPDATE audit_seal SET hash = sha256('x') WHERE position = 3`,
    );
    expect(await acceptAudit({ actor, reason: 'bản sao lưu' })).toEqual({ common: 2n, position: 3n });
    // What was accepted stands from then on.
    await rowsPastGuards('DELETE FROM audit_seal WHERE position = 3');
    expect(await verifyAudit()).toMatchObject({
      ...{ intact: false, brokenAt: { position: 3n, entryId: null, reason: 'cut off' } },
    });
  });
});

describe('the seal', () => {
  it('goes through a trail of many pages, and the proof through many batches of places', async () => {
    await forge(5_002, '1 hour');
    expect(await sealEntries({ thorough: true })).toEqual({ sealed: 5_002 });
    const before = await readFile(audit('anchor.log'), 'utf8');
    await forge(1, '1 second');
    expect(await sealEntries({ thorough: true })).toEqual({ sealed: 1 });
    expect(await sealEntries({ thorough: true })).toEqual({ sealed: 0 });
    expect(await verifyAudit()).toEqual({ entries: 5_003n, sealed: 5_003n, anchored: 5_003n, intact: true });
    const after = await readFile(audit('anchor.log'), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect((await anchor()).map(({ kind, position }) => `${kind} ${position}`)).toEqual(['head 5002', 'head 5003']);
  });

  it('settles what was witnessed: nothing waits for it any more, and what is gone is named in the anchor', async () => {
    await write(2);
    await writeWitness();
    const id = await newestId();
    await rowsPastGuards('DELETE FROM audit_entry WHERE id = $1', [id]);
    expect(await readdir(audit('witness'))).toHaveLength(1);
    expect(await sealEntries({ thorough: true })).toEqual({ sealed: 1 });
    expect(await readdir(audit('witness'))).toEqual([]);
    expect((await anchor()).map(({ at: _, hash: __, ...line }) => line)).toEqual([
      { kind: 'head', position: '1' },
      { kind: 'missing', entryId: id },
    ]);
  });

  it('is left to who has the chain, and waited for where it is needed', async () => {
    await write(2);
    const holder = await ownerPool().connect();
    await holder.query(`SELECT pg_advisory_lock(hashtext('audit_chain'))`);
    expect(await sealEntries()).toEqual({ sealed: 0 });
    const waiting = sealEntries({ wait: true });
    holder.release(true);
    expect(await waiting).toEqual({ sealed: 2 });
  });

  it('looks back as far as transactions reach every five minutes, and no further than the last look meanwhile', async () => {
    await write(1);
    await sealEntries({ thorough: true });
    const start = Date.now();
    const sealedAfter = async (ms: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: start + ms });
      const { sealed } = await sealEntries();
      vi.useRealTimers();
      return sealed;
    };
    await forge(1, '10 minutes');
    expect(await sealedAfter(290_000)).toBe(0);
    expect(await sealedAfter(310_000)).toBe(1);
    await forge(1, '10 minutes');
    expect(await sealedAfter(600_000)).toBe(0);
    expect(await sealedAfter(620_000)).toBe(1);
    await forge(1, '20 minutes');
    expect(await sealedAfter(930_000)).toBe(0);
  });
});
