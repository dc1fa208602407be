import { beforeAll, expect, it } from 'vitest';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { showStatements } from '@/server/modules/referral/statements/use-cases/show-statements';
import { systemActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import {
  addDoctor,
  addOrder,
  addPlan,
  addRefund,
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

it('a late sale goes on from what its sealed month had sold, which a refund does not lower', async () => {
  const bands = [
    { from: '2026-01-01', value: '8' },
    { from: '2026-01-01', value: '12', band: 5_000_000n },
  ];
  const doctor = await addDoctor('DR-B', await addPlan(fixture, 'BANDS', bands));
  const sale = (settledAt: string, net: bigint) =>
    addOrder(fixture, { doctor, settledAt, lines: [{ service: 'blood-1', net }] });
  const refunded = await sale('2026-05-01T02:00:00Z', 2_000_000n);
  await sale('2026-05-02T02:00:00Z', 4_000_000n);
  await addRefund(refunded.id, '2026-05-03T02:00:00Z', refunded.lines);
  await draftMonth('2026-05');
  await approveStatements({ actor, month: '2026-05' });
  await sale('2026-05-20T02:00:00Z', 1_000_000n);
  await draftMonth('2026-06');
  const [june] = await showStatements({ actor, month: '2026-06', doctor: 'DR-B' });
  expect(june).toMatchObject({ lines: 0, carryForward: 120_000n });
});

// A transaction may begin before a run and end after it: its order was written first, and no run saw it.
it('a sale that was begun within a day before a sealed month’s first run is carried, and one from before that is not', async () => {
  const doctor = await addDoctor('DR-A', await addPlan(fixture, 'FLAT', [{ from: '2026-01-01', value: '10' }]));
  const sale = (settledAt: string, net: bigint) =>
    addOrder(fixture, { doctor, settledAt, lines: [{ service: 'blood-1', net }] });
  await sale('2026-08-01T02:00:00Z', 1_000_000n);
  const first = await draftMonth('2026-08');
  await approveStatements({ actor, month: '2026-08' });
  const begun = async (before: string, net: bigint) => {
    const { id } = await sale('2026-08-20T02:00:00Z', net);
    await rowsPastGuards(
      'UPDATE orders SET created_at = (SELECT requested_at FROM statement_run WHERE id = $1) - $3::interval WHERE id = $2',
      [first, id, before],
    );
  };
  await begun('23:59:59', 100_000n);
  await begun('24:00:01', 3_000_000n);
  await draftMonth('2026-09');
  expect(await showStatements({ actor, month: '2026-09', doctor: 'DR-A' })).toMatchObject([
    { lines: 0, carryForward: 10_000n },
  ]);
});
