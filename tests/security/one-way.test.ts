import { beforeAll, describe, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { pool } from '@/server/platform/db';
import { rowsOf, withDatabase } from '../integration/database';
import { cartOf, makeCashier, makeFixture } from '../integration/till-fixture';

withDatabase();

beforeAll(async () => {
  await makeFixture();
  const { actor } = await makeCashier('T1');
  await createPaidOrder({ actor, cart: await cartOf() });
  await rowsOf(`UPDATE outbox_event SET published_at = now()`);
  await rowsOf(`SELECT take_numbers('accession', '2031-01-01', 5)`);
  await rowsOf(`INSERT INTO message (dedupe_key, template, language, channel, recipient, state, sent_at)
    VALUES ('sent', 'order-paid', 'vi', 'sms', '+84912345678', 'sent', now())`);
});

const PAY = (amount: number) =>
  `INSERT INTO payment (order_id, shift_id, method, amount) SELECT id, shift_id, 'card', ${amount} FROM orders LIMIT 1`;

/** What the application's role did with success before. */
const ATTEMPTS = {
  'lowers a counter, so that numbers are given again': `UPDATE number_counter SET value = 0`,
  'has delivered events delivered again': 'UPDATE outbox_event SET published_at = NULL',
  'says that a message went to somebody else': `UPDATE message SET recipient = '+84900000000'`,
  'has a message that was sent wait again': `UPDATE message SET state = 'queued'`,
  'says when a message was sent': `UPDATE message SET sent_at = '2020-01-01'`,
  'takes money out of an order': PAY(-1000),
  'makes the migrator skip its work': `UPDATE instance_fact SET value = '{}' WHERE key = 'routines'`,
};

describe("the application's role no longer", () => {
  it.each(Object.entries(ATTEMPTS))('%s', async (_, statement) => {
    await expect(pool().query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^23(001|514)$/) });
  });

  it.each([
    ['sets the numbers of a day', `SELECT setval(day_numbers('order:Q1', '2031-01-01'), 1)`, '42501'],
    ['makes a sequence', 'CREATE SEQUENCE another', '42501'],
    ['opens numbers that no branch counts', `SELECT day_numbers('order:none', '2031-01-01')`, '22023'],
  ])('%s', async (_, statement, code) => {
    await expect(pool().query(statement)).rejects.toMatchObject({ code });
  });

  it('but what it does every day it still does', async () => {
    for (const statement of [
      'UPDATE number_counter SET value = value + 1',
      'UPDATE outbox_event SET attempts = 1',
      `UPDATE message SET failure = NULL`,
      PAY(1),
      `INSERT INTO instance_fact (key, value, at) VALUES ('relay', '{}', now()) ON CONFLICT (key) DO UPDATE SET at = now()`,
    ])
      await pool().query(statement);
  });
});
