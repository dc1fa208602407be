import { beforeAll, expect, it } from 'vitest';
import { storage } from '@/server/integrations/storage/port';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { renderReceipt } from '@/server/modules/sales/orders/use-cases/render-receipt';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();

const actor = systemActor('printer');
let cashier: StaffActor;
let orderId = '';

beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  orderId = (await createPaidOrder({ actor: cashier, cart: await cartOf() })).orderId;
});

const keyOf = async (id: string) =>
  (await oneOf<{ key: string }>('SELECT storage_key AS key FROM document WHERE id = $1', [id])).key;
const textOf = async (id: string) => Buffer.from(await storage().read(await keyOf(id))).toString();

it.each<[string, (key: string) => Promise<unknown>]>([
  ['lost', (key) => storage().remove(key)],
  ['damaged', (key) => storage().put(key, Buffer.from('mộ'))],
])('a statement’s file that was %s is there again when it is asked for again, under the same row', async (_, spoil) => {
  const given = { actor, kind: 'statement', ownerId: crypto.randomUUID(), language: 'vi' } as const;
  const { documentId } = await storeDocument({ ...given, bytes: Buffer.from('một') });
  await spoil(await keyOf(documentId));
  expect(await storeDocument({ ...given, bytes: Buffer.from('một') })).toMatchObject({ documentId });
  expect(await textOf(documentId)).toBe('một');
  const trail = await rowsOf('SELECT action FROM audit_entry WHERE entity_id = $1 ORDER BY id', [documentId]);
  expect(trail).toEqual([{ action: 'document.stored' }, { action: 'document.restored' }]);
});

it('a receipt whose file was lost is rendered again', async () => {
  const wanted = { actor: cashier, orderId, language: 'vi' } as const;
  const { documentId } = await renderReceipt(wanted);
  const before = await textOf(documentId);
  await storage().remove(await keyOf(documentId));
  expect(await renderReceipt(wanted)).toEqual({ documentId });
  expect(await textOf(documentId)).toBe(before);
});
