import { expect, it } from 'vitest';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { rowsOf, withDatabase } from '../integration/database';

withDatabase();

const actor = systemActor('test');
const write = (tx: Transaction, entityId: string) =>
  recordAudit(tx, { actor, action: 'thing.done', entity: 'thing', entityId, detail: {} });

it('seals what was written by a transaction that was open, and long, when it looked', async () => {
  await sealEntries();
  const early = await inTransaction(async (tx) => {
    await write(tx, 'slow');
    // Longer than the margin of what others may not see yet.
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    await inTransaction((other) => write(other, 'quick'));
    expect((await sealEntries()).sealed).toBe(1);
    return rowsOf("SELECT id FROM audit_entry WHERE entity_id = 'slow'");
  });
  expect(early).toEqual([]);
  expect((await sealEntries()).sealed).toBe(1);
});
