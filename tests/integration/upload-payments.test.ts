import { beforeAll, expect, it } from 'vitest';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import { withDatabase } from './database';
import { makeFixture, makeStaff, rowsOf } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

const HEAD =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,service_codes,discount_percent,payment';
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const row = (reference: string, payment: string, customer = '', discount = '') =>
  `${reference},Q1,${day},Người Một,1985-06-07,female,0912000001,${customer},CBC,${discount},${payment}`;

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

it('an order of a sheet is settled and paid as its row says', async () => {
  const actor = await makeStaff('upload-operator', null);
  const rows = [
    row('P-1', 'cash'),
    row('P-2', 'card'),
    row('P-3', 'transfer'),
    row('P-4', 'unpaid'),
    row('P-5', 'account', 'PLAIN'),
    row('P-6', 'cash', '', '100'),
  ];
  const { id } = await receiveUpload({
    actor,
    kind: 'orders',
    fileName: 'a.csv',
    content: bytes([HEAD, ...rows].join('\n')),
  });
  await checkUpload({ actor, id });
  await commitUpload({ actor, id, allOrNothing: false });
  await writeUploadChunk({ actor, id, range: { from: 1, to: 10 } });
  const written = await rowsOf(
    `SELECT o.external_ref AS ref, o.terms, o.settled_at = o.ordered_at AS settled, o.net_total::int AS net, o.source, o.shift_id AS shift,
       (SELECT jsonb_agg(jsonb_build_array(p.method, p.amount, p.shift_id)) FROM payment p WHERE p.order_id = o.id) AS payments
     FROM orders o ORDER BY 1`,
  );
  const order = { terms: 'immediate', settled: true, net: 120_333, source: 'upload', shift: null };
  expect(written).toEqual([
    { ...order, ref: 'P-1', payments: [['cash', 120_333, null]] },
    { ...order, ref: 'P-2', payments: [['card', 120_333, null]] },
    { ...order, ref: 'P-3', payments: [['transfer', 120_333, null]] },
    { ...order, ref: 'P-4', settled: null, payments: null },
    { ...order, ref: 'P-5', terms: 'account', payments: null },
    { ...order, ref: 'P-6', net: 0, payments: null },
  ]);
});
