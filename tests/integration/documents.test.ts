import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { composePorts } from '@/server/composition';
import { storage } from '@/server/integrations/storage/port';
import { openOwnedDocument } from '@/server/modules/core/documents/public/open-owned-document';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { addVersion } from '@/server/modules/core/documents/repository';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { sweepFiles } from '@/server/modules/core/documents/use-cases/sweep-files';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, rowsOf } from './till-fixture';

withDatabase();

const actor = systemActor('printer');
let cashier: StaffActor;
let [first, second] = [
  { id: '', number: '' },
  { id: '', number: '' },
];
const statementId = crypto.randomUUID();
beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  const sell = async () => {
    const { orderId: id, number } = await createPaidOrder({ actor: cashier, cart: await cartOf() });
    return { id, number };
  };
  [first, second] = [await sell(), await sell()];
});

type Parts = Partial<Parameters<typeof storeDocument>[0]>;
const store = (text: string, parts: Parts = {}) =>
  storeDocument({ actor, kind: 'receipt', ownerId: first.id, language: 'vi', bytes: Buffer.from(text), ...parts });
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const textOf = (content: ReadableStream<Uint8Array>) => new Response(content).text();

it('a document is kept once for the same bytes, with its row, its file and its trace; other bytes are its next version', async () => {
  const one = await store('một');
  expect(one).toEqual({ documentId: expect.any(String), sha256: hashOf('một') });
  expect(await store('một')).toEqual(one);
  const two = await store('hai');
  const others = [
    await store('một', { language: 'en' }),
    await store('một', { ownerId: second.id }),
    await store('một', { kind: 'statement', ownerId: statementId }),
  ];
  expect(new Set([one, two, ...others].map(({ documentId }) => documentId)).size).toBe(5);
  expect(await store('hai')).toEqual(two);
  const key = `receipt/${first.id}/vi-2-${hashOf('hai')}.pdf`;
  const facts = { kind: 'receipt', language: 'vi', sha256: hashOf('hai'), bytes: 3 };
  expect(
    await rowsOf('SELECT kind, owner_id, language, version, storage_key, sha256, bytes FROM document WHERE id = $1', [
      two.documentId,
    ]),
  ).toEqual([{ ...facts, owner_id: first.id, version: 2, storage_key: key }]);
  expect(await readFile(path.join(process.env.FILES_DIR ?? '', key), 'utf8')).toBe('hai');
  expect(
    await rowsOf('SELECT actor_id, action, entity, detail FROM audit_entry WHERE entity_id = $1', [two.documentId]),
  ).toEqual([
    {
      actor_id: 'printer',
      action: 'document.stored',
      entity: 'document',
      detail: { ...facts, ownerId: first.id, version: 2 },
    },
  ]);
  expect(await rowsOf(`SELECT version, count(*)::int AS n FROM document GROUP BY 1 ORDER BY 1`)).toEqual([
    { version: 1, n: 4 },
    { version: 2, n: 1 },
  ]);
  // A number that another writer took first is none of this one's.
  const row = {
    ...facts,
    kind: 'receipt' as const,
    language: 'vi' as const,
    ownerId: first.id,
    version: 2,
    storageKey: 'other',
  };
  expect(await inTransaction((tx) => addVersion(tx, row))).toBeNull();
});

it('staff open the newest of an owner, or one by its id, on record; what is not theirs is not found', async () => {
  const address = { kind: 'receipt', ownerId: first.id, language: 'vi' } as const;
  const { content, ...opened } = await openDocument({ actor: cashier, document: address });
  expect(opened).toEqual({ bytes: 3, sha256: hashOf('hai'), fileName: `receipt-${first.number}-vi.pdf` });
  expect(await textOf(content)).toBe('hai');
  const [{ id } = { id: '' }] = await rowsOf<{ id: string }>(`SELECT id FROM document WHERE language = 'en'`);
  const english = await openDocument({ actor: cashier, document: { id } });
  expect([english.bytes, english.fileName]).toEqual([5, `receipt-${first.number}-en.pdf`]);
  const read = await rowsOf(
    `SELECT actor_id, entity, branch_id, detail FROM audit_entry WHERE action = 'document.read' ORDER BY at`,
  );
  const by = { actor_id: cashier.id, entity: 'document', branch_id: cashier.branchId };
  expect(read).toEqual([
    { ...by, detail: { kind: 'receipt', ownerId: first.id, language: 'vi', version: 2 } },
    { ...by, detail: { kind: 'receipt', ownerId: first.id, language: 'en', version: 1 } },
  ]);
  const missing = { kind: 'not-found' };
  const stranger = await makeStaff('cashier', 'HN');
  await expect(openDocument({ actor: stranger, document: { id } })).rejects.toMatchObject(missing);
  await expect(openDocument({ actor: cashier, document: { id: crypto.randomUUID() } })).rejects.toMatchObject(missing);
  const statement = { kind: 'statement', ownerId: statementId, language: 'vi' } as const;
  await expect(openDocument({ actor: cashier, document: statement })).rejects.toMatchObject(missing);
  const auditor = await makeStaff('auditor', null);
  expect((await openDocument({ actor: auditor, document: statement })).fileName).toBe('statement-vi.pdf');
});

it('an owner opens its own in a language or by its id, and no other', async () => {
  const owner = { kind: 'receipt', id: first.id } as const;
  const { content, ...opened } = await openOwnedDocument({ owner, document: { language: 'vi' } });
  const { id } = opened;
  expect(opened).toEqual({
    id,
    language: 'vi',
    bytes: 3,
    sha256: hashOf('hai'),
    fileName: `receipt-${first.number}-vi.pdf`,
  });
  expect(await textOf(content)).toBe('hai');
  const english = await openOwnedDocument({ owner, document: { language: 'en' } });
  expect(await openOwnedDocument({ owner, document: { id: english.id } })).toMatchObject({
    id: english.id,
    language: 'en',
  });
  const missing = { kind: 'not-found' };
  const stranger = { kind: 'receipt', id: second.id } as const;
  await expect(openOwnedDocument({ owner: stranger, document: { id } })).rejects.toMatchObject(missing);
  await expect(openOwnedDocument({ owner: stranger, document: { language: 'en' } })).rejects.toMatchObject(missing);
  await expect(openOwnedDocument({ owner, document: { id: crypto.randomUUID() } })).rejects.toMatchObject(missing);
});

it('what writers left half-written for six hours is removed', async () => {
  const asked: number[] = [];
  storage.bind({
    removeUnfinished: async (ms: number) => {
      asked.push(ms);
      return 2;
    },
  } as never);
  expect(await sweepFiles()).toBe(2);
  expect(asked).toEqual([21_600_000]);
  composePorts();
  expect(await sweepFiles()).toBe(0);
});
