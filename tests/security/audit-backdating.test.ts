import { expect, it } from 'vitest';
import { auditCommands } from '@/server/cli/audit';
import { sealEntries } from '@/server/modules/core/audit/use-cases/seal-entries';
import { verifyAudit } from '@/server/modules/core/audit/use-cases/verify-audit';
import { systemActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { rowsOf, rowsPastGuards, withDatabase } from '../integration/database';

withDatabase();

const actor = systemActor('test');
const write = () =>
  inTransaction((tx) => recordAudit(tx, { actor, action: 'thing.done', entity: 'thing', entityId: '1', detail: {} }));
const forge = (age: string) =>
  rowsPastGuards(
    `INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id) VALUES (now() - $1::interval, 'user', 'x', 'order.created', 'order', 'y')`,
    [age],
  );

it('an entry that the owner writes into the past is found, and stays found until an operator accepts it', async () => {
  for (let n = 0; n < 5; n += 1) await write();
  await sealEntries({ thorough: true });
  await forge('1 minute');
  expect(await verifyAudit()).toMatchObject({ intact: true });
  await forge('3 days');
  await write();
  const [forged] = await rowsOf<{ id: string }>(`SELECT id FROM audit_entry ORDER BY at LIMIT 1`);
  const found = { intact: false, brokenAt: { entryId: forged?.id, reason: 'entry backdated' } };
  expect(await verifyAudit()).toMatchObject(found);
  await write();
  expect(await verifyAudit()).toMatchObject(found);
  await auditCommands['audit accept']?.run({ positional: [], flags: { reason: 'đồng hồ bị lùi' } }, actor);
  expect(await verifyAudit()).toMatchObject({ intact: true });
  await forge('2 days');
  expect(await verifyAudit()).toMatchObject({ intact: false, brokenAt: { reason: 'entry backdated' } });
});
