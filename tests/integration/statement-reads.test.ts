import { beforeAll, beforeEach, expect, it } from 'vitest';
import { openDoctor } from '@/server/modules/referral/doctors/use-cases/open-doctor';
import { listPublished } from '@/server/modules/referral/statements/use-cases/list-published';
import { showStatements } from '@/server/modules/referral/statements/use-cases/show-statements';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { idOf, makeReadFixture } from './read-fixture';
import { cashier, finance } from './read-models';

withDatabase({ PUBLIC_URL: 'http://portal.test/' });
beforeAll(makeReadFixture);
beforeEach(async () => void (await rowsPastGuards(`DELETE FROM audit_entry; DELETE FROM read_mark`)));

const reads = () =>
  rowsOf(`SELECT action, entity_id AS month, detail FROM audit_entry WHERE entity = 'statement-month'`);

it('whoever is shown the statements of a month leaves a record of how many', async () => {
  const actor = finance;
  expect(await showStatements({ actor, month: '2026-05', doctor: null })).toEqual([]);
  await expect(showStatements({ actor, month: '2026-07', doctor: 'NOBODY' })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await reads()).toEqual([]);
  expect(await showStatements({ actor, month: '2026-07', doctor: null })).toHaveLength(2);
  expect(await reads()).toEqual([{ action: 'statement-month.read', month: '2026-07', detail: { statements: 2 } }]);
});

it('whoever is given the links of a month leaves one, too, and the PDF stands only where it is drawn', async () => {
  const ask = (month: string) => listPublished({ actor: finance, month, waitForDocuments: false });
  expect(await ask('2026-06')).toEqual([]);
  expect(await reads()).toEqual([]);
  const link = expect.stringMatching(/^http:\/\/portal\.test\/s\/[\w-]{20,}$/);
  const pdf = `http://portal.test/api/documents/of/statement/${idOf('statement', 1)}?lang=vi`;
  expect(await ask('2026-07')).toEqual([{ doctor: 'D1', link, pdf }]);
  expect(await reads()).toEqual([{ action: 'statement-month.read', month: '2026-07', detail: { links: 1 } }]);
  await rowsPastGuards(`DELETE FROM document WHERE id = '${idOf('document', 4)}'`);
  expect(await ask('2026-07')).toEqual([{ doctor: 'D1', link, pdf: null }]);
});

it('whoever waits for the documents is answered when they are drawn', async () => {
  await rowsPastGuards(`DELETE FROM document WHERE owner_id = '${idOf('statement', 1)}' AND language = 'en'`);
  const waiting = listPublished({ actor: finance, month: '2026-07', waitForDocuments: true });
  await rowsPastGuards(
    `INSERT INTO document (kind, owner_id, language, storage_key, sha256, bytes) VALUES ('statement', '${idOf('statement', 1)}', 'en', 'late', 's', 1)`,
  );
  expect(await waiting).toMatchObject([{ pdf: expect.any(String) }]);
});

it('whoever opens a doctor leaves one that says whether statements were shown', async () => {
  const id = idOf('doctor', 1);
  for (const actor of [finance, cashier]) await openDoctor({ actor, id });
  const opened = await rowsOf(
    `SELECT actor_id AS by, action, entity_id AS id, detail FROM audit_entry ORDER BY actor_id`,
  );
  expect(opened).toEqual([
    { by: cashier.id, action: 'doctor.read', id, detail: { statements: false } },
    { by: finance.id, action: 'doctor.read', id, detail: { statements: true } },
  ]);
});
