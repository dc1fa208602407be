import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { verifyAudit } from '@/server/modules/core/audit/use-cases/verify-audit';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { writeWitness } from '@/server/platform/audit-witness';
import { inTransaction } from '@/server/platform/db';
import { ownerPool, rowsOf, rowsPastGuards, withDatabase } from '../integration/database';

withDatabase();

const actor = systemActor('operator');
const folder = () => path.join(process.env.FILES_DIR ?? '', 'audit');
const anchor = () => path.join(folder(), 'anchor.log');
const write = (many = 1) =>
  inTransaction(async (tx) => {
    for (let n = 0; n < many; n += 1)
      await recordAudit(tx, { actor, action: 'thing.done', entity: 'thing', entityId: String(n) });
  });
const idAt = async (position: number) =>
  (await rowsOf<{ id: string }>('SELECT entry_id AS id FROM audit_seal WHERE position = $1', [position]))[0]?.id ?? '';
const change = (id: string) => rowsPastGuards(`UPDATE audit_entry SET action = 'x' WHERE id = $1`, [id]);

beforeEach(async () => {
  await writeWitness();
  await rowsPastGuards('TRUNCATE audit_entry, audit_seal');
  await rm(folder(), { recursive: true, force: true });
});

it('an empty trail is whole, and one of which the very first entry is gone is not', async () => {
  expect(await verifyAudit()).toEqual({ entries: 0n, sealed: 0n, anchored: 0n, intact: true });
  await write();
  const [{ id } = { id: '' }] = await rowsOf<{ id: string }>('SELECT id FROM audit_entry');
  await rowsPastGuards('DELETE FROM audit_entry');
  expect(await verifyAudit()).toEqual({
    ...{ entries: 0n, sealed: 0n, anchored: 0n, intact: false },
    brokenAt: { position: null, entryId: id, reason: 'removed before its seal' },
  });
  await write(2);
  await sealEntries({ thorough: true });
  const first = await idAt(1);
  await change(first);
  // What stands in the chain comes before what never came there.
  expect(await verifyAudit()).toMatchObject({ brokenAt: { position: 1n, entryId: first, reason: 'entry changed' } });
});

it('an anchor that is gone or changed is what is wrong, unless the chain itself is', async () => {
  await write(2);
  await sealEntries({ thorough: true });
  const kept = await readFile(anchor(), 'utf8');
  await writeFile(anchor(), kept.replace('"position":"2"', '"position":"1"'));
  const found = { entries: 2n, sealed: 2n, anchored: 0n, intact: false };
  expect(await verifyAudit()).toEqual({
    ...found,
    brokenAt: { position: 1n, entryId: null, reason: 'anchor changed' },
  });
  await rm(anchor());
  expect(await verifyAudit()).toEqual({
    ...found,
    brokenAt: { position: 2n, entryId: null, reason: 'anchor missing' },
  });
  const id = await idAt(2);
  await change(id);
  expect(await verifyAudit()).toEqual({ ...found, brokenAt: { position: 2n, entryId: id, reason: 'entry changed' } });
});

it('nothing is sealed upon a chain of which even the first place is another', async () => {
  await write();
  await sealEntries({ thorough: true });
  await rowsPastGuards(`UPDATE audit_seal SET hash = sha256('x')`);
  await write();
  await expect(sealEntries()).rejects.toMatchObject({
    ...{ kind: 'conflict', code: 'audit_anchor_differs', params: { position: 1 } },
  });
  await rm(anchor());
  await expect(sealEntries()).rejects.toMatchObject({ kind: 'conflict', code: 'audit_anchor_missing' });
});

it('who verifies waits for who is sealing just now', async () => {
  await write(2);
  const holder = await ownerPool().connect();
  await holder.query(`SELECT pg_advisory_lock(hashtext('audit_chain'))`);
  const verdict = verifyAudit();
  await vi.waitFor(async () => expect(await rowsOf('SELECT FROM pg_locks WHERE NOT granted')).toHaveLength(1));
  holder.release(true);
  expect(await verdict).toEqual({ entries: 2n, sealed: 2n, anchored: 2n, intact: true });
});

it('a process that has just started looks back from the last seal as far as a transaction reaches', async () => {
  await write();
  await sealEntries({ thorough: true });
  for (const age of ['10 minutes', '20 minutes'])
    await rowsPastGuards(
      `INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id) VALUES (now() - $1::interval, 'user', 'x', 'a.b', 'a', 'y')`,
      [age],
    );
  vi.resetModules();
  const started = await import('@/server/modules/core/audit/use-cases/seal-entries');
  expect(await started.sealEntries()).toEqual({ sealed: 1 });
  expect(await started.sealEntries()).toEqual({ sealed: 0 });
});
