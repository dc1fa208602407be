import { beforeAll, expect, it } from 'vitest';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { systemActor } from '@/server/platform/actor';
import { rowsOf, withDatabase } from './database';
import {
  addDoctor,
  addOrder,
  addPlan,
  draftMonth,
  makeStatementFixture,
  type StatementFixture,
} from './statement-fixture';

withDatabase();
const actor = systemActor('test');
let fixture: StatementFixture;
beforeAll(async () => {
  fixture = await makeStatementFixture(['blood-1']);
});

const giveBack = (order: string, line: string, at: string, amount: number) =>
  rowsOf(
    `WITH r AS (INSERT INTO refund (order_id, reason, refunded_at) VALUES ($1, 'not done', $3) RETURNING id)
     INSERT INTO refund_line (refund_id, order_line_id, net) SELECT id, $2, -$4::bigint FROM r`,
    [order, line, at, amount],
  );
const linesOf = (month: string) =>
  rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', l.kind, l.base, l.commission, CASE WHEN l.carried THEN 'carried' END) AS line
     FROM statement_line l JOIN statement s ON s.id = l.statement_id JOIN statement_period p ON p.id = s.period_id
     WHERE p.month = $1 AND s.state <> 'superseded' ORDER BY l.position`,
    [month],
  ).then((rows) => rows.map(({ line }) => line));

it('parts of a sealed line take back their parts in the months of the refunds, late ones carried, and all of them the whole', async () => {
  const doctor = await addDoctor('DR-P', await addPlan(fixture, 'PARTS', [{ from: '2026-01-01', value: '12.5' }]));
  const sale = await addOrder(fixture, {
    doctor,
    settledAt: '2026-08-05T02:00:00Z',
    lines: [{ service: 'blood-1', net: 1_000_003n }],
  });
  const [line = ''] = sale.lines;
  await draftMonth('2026-08');
  await approveStatements({ actor, month: '2026-08' });
  expect(await linesOf('2026-08')).toEqual(['sale 1000003 125000']);

  await giveBack(sale.id, line, '2026-09-03T02:00:00Z', 333_333);
  await draftMonth('2026-09');
  await approveStatements({ actor, month: '2026-09' });
  expect(await linesOf('2026-09')).toEqual(['refund -333333 -41667']);

  // What comes for September now is late; a month that is drafted again takes nothing twice.
  await giveBack(sale.id, line, '2026-09-20T02:00:00Z', 100_000);
  await giveBack(sale.id, line, '2026-10-02T02:00:00Z', 566_669);
  await giveBack(sale.id, line, '2026-10-03T02:00:00Z', 1);
  await draftMonth('2026-10');
  await draftMonth('2026-10');
  expect(await linesOf('2026-10')).toEqual(['refund -100000 -12499 carried', 'refund -566669 -70834', 'refund -1 0']);
  await approveStatements({ actor, month: '2026-10' });
  await draftMonth('2026-11');
  expect(await linesOf('2026-11')).toEqual([]);
  expect(await rowsOf('SELECT sum(commission)::int AS commission, sum(base)::int AS base FROM statement_line')).toEqual(
    [{ commission: 0, base: 0 }],
  );
});
