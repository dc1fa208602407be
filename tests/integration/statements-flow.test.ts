import { beforeAll, describe, expect, it } from 'vitest';
import { statementsCommands } from '@/server/cli/statements';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { draftStatements } from '@/server/modules/referral/statements/public/draft-statements';
import { generateStatementPdf } from '@/server/modules/referral/statements/public/generate-statement-pdf';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { publishStatements } from '@/server/modules/referral/statements/use-cases/publish-statements';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { reviewStatement } from '@/server/modules/referral/statements/use-cases/review-statement';
import { showStatements } from '@/server/modules/referral/statements/use-cases/show-statements';
import { verifySeal } from '@/server/modules/referral/statements/use-cases/verify-seal';
import { readPdf } from '@/server/pdf/paper/read-pdf';
import { closePdfPool } from '@/server/pdf/render';
import { systemActor } from '@/server/platform/actor';
import { rowsOf as rows, withDatabase } from './database';
import {
  addDoctor,
  addOrder,
  addPlan,
  addRefund,
  makeStatementFixture,
  type StatementFixture,
} from './statement-fixture';
import { makeStaff } from './till-fixture';

const actor = systemActor('test');
const count = async (text: string, values: unknown[] = []) => Number((await rows<{ n: string }>(text, values))[0]?.n);

/** What the two functions do with a run's events, twice each where `repeat` is set. */
async function run(month: string, repeat = false): Promise<void> {
  const { runId, periodId } = await requestStatementRun({ actor, month });
  const times = repeat ? [1, 2] : [1];
  for (const _ of times) await startStatementBatch({ actor, runId, periodId });
  const events = await rows<{ data: { chunk: number; doctorIds: string[] } }>(
    "SELECT data FROM outbox_event WHERE name = 'statement/generation.requested' AND data ->> 'runId' = $1",
    [runId],
  );
  for (const _ of times)
    await Promise.all(events.map(({ data }) => draftStatements({ actor, runId, periodId, ...data })));
  expect(
    await rows('SELECT state, doctors_total = doctors_done AS whole FROM statement_run WHERE id = $1', [runId]),
  ).toEqual([{ state: 'done', whole: true }]);
}

/** The words on a document's paper. */
async function paperOf(documentId: string): Promise<string> {
  const { content } = await openDocument({ actor: await makeStaff('finance', null), document: { id: documentId } });
  return readPdf(Buffer.from(await new Response(content).arrayBuffer())).text;
}

const figuresOf = async (month: string, doctor: string) => {
  const [shown] = await showStatements({ actor, month, doctor });
  return shown && { ...shown };
};

describe('statements of a month', () => {
  withDatabase();
  let fixture: StatementFixture;
  let banded: string;
  let flat: string;
  const million = (n: number) => BigInt(n) * 1_000_000n;
  const sale = (doctor: string, settledAt: string, service: string, net: bigint) =>
    addOrder(fixture, { doctor, settledAt, lines: [{ service, net }] });

  beforeAll(async () => {
    fixture = await makeStatementFixture(['blood-1', 'imaging-1', 'home-kit-1']);
    const plan = await addPlan(fixture, 'GROWTH', [
      { from: '2026-01-01', value: '8', band: 0n },
      { from: '2026-01-01', value: '12', band: million(5) },
      { from: '2026-01-01', value: '15', band: million(15) },
      { from: '2026-01-01', category: 'imaging', value: '7.5', cap: 150_000n },
      { from: '2026-01-01', category: 'home-kit', kind: 'fixed', value: '20000' },
    ]);
    banded = await addDoctor('DR-A', plan, 10);
    flat = await addDoctor('DR-B', await addPlan(fixture, 'FLAT', [{ from: '2026-01-01', value: '10' }]), 10);
    await addDoctor('DR-C', plan, 10);
    await sale(banded, '2026-08-01T02:00:00Z', 'blood-1', million(4));
    await sale(banded, '2026-08-02T02:00:00Z', 'blood-1', million(14));
    await sale(banded, '2026-08-03T02:00:00Z', 'imaging-1', million(3));
    await sale(banded, '2026-08-03T03:00:00Z', 'home-kit-1', 900_000n);
    await sale(flat, '2026-08-04T02:00:00Z', 'blood-1', million(1));
  });

  it('gives the sums that a pencil gives, and no statement to a doctor without lines', async () => {
    await run('2026-08', true);
    // 4m at 8 %; 14m as 1m at 8 %, 10m at 12 %, 3m at 15 %; 3m at 7.5 % capped; a fixed amount.
    const commission = 320_000n + (80_000n + 1_200_000n + 450_000n) + 150_000n + 20_000n;
    expect(await showStatements({ actor, month: '2026-08', doctor: null })).toMatchObject([
      {
        doctor: 'DR-A',
        orders: 4,
        lines: 4,
        base: 21_900_000n,
        commission,
        tax: 222_000n,
        payable: commission - 222_000n,
      },
      { doctor: 'DR-B', orders: 1, lines: 1, base: million(1), commission: 100_000n, tax: 0n, payable: 100_000n },
    ]);
  });

  it('replaces its drafts when it runs again, with a review of the old figures gone', async () => {
    const [before] = await rows<{ id: string }>('SELECT id FROM statement WHERE doctor_id = $1', [flat]);
    await reviewStatement({ actor, statementId: before?.id ?? '', reviewed: true });
    await sale(flat, '2026-08-05T02:00:00Z', 'blood-1', million(2));
    await run('2026-08');
    expect(await figuresOf('2026-08', 'DR-B')).toMatchObject({ lines: 2, commission: 300_000n, state: 'draft' });
    expect(await count('SELECT count(*) AS n FROM statement')).toBe(2);
  });

  it('lets one run of a month go on at a time, however many ask at once', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 12 }, () => requestStatementRun({ actor, month: '2026-07' })),
    );
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.code)] : []));
    expect(refused).toEqual(Array.from({ length: 11 }, () => 'run_in_progress'));
    await expect(approveStatements({ actor, month: '2026-07' })).rejects.toMatchObject({ code: 'run_in_progress' });
    await rows("UPDATE statement_run SET state = 'failed' WHERE state = 'requested'");
    await expect(approveStatements({ actor, month: '2026-07' })).rejects.toMatchObject({ code: 'run_failed' });
  });

  it('approves a month that has not ended only where that was confirmed, on the command line too', async () => {
    const month = new Date().toISOString().slice(0, 7);
    await run(month);
    await expect(approveStatements({ actor, month })).rejects.toMatchObject({
      code: 'period_not_over',
      params: { month },
    });
    const approve = (flags: Record<string, true>) =>
      statementsCommands['statements approve']?.run({ positional: [month], flags }, actor);
    await expect(approve({})).rejects.toMatchObject({ code: 'period_not_over' });
    expect(await approve({ 'before-end': true })).toMatchObject({ sealed: true });
  });

  it('seals for good: figures, lines and period refuse every change', async () => {
    await addRefundOfFlat();
    await run('2026-08');
    expect(await approveStatements({ actor, month: '2026-08' })).toEqual({ approved: 2, sealed: true });
    expect(await approveStatements({ actor, month: '2026-08' })).toEqual({ approved: 0, sealed: true });
    expect(await count("SELECT count(*) AS n FROM outbox_event WHERE name = 'statement/approved'")).toBe(2);
    expect(await count('SELECT count(*) AS n FROM statement_snapshot')).toBe(2);
    for (const change of [
      'UPDATE statement SET payable = payable + 1, commission = commission + 1',
      'DELETE FROM statement',
      'UPDATE statement_line SET commission = 0',
      "UPDATE statement_snapshot SET content = '{}'",
    ])
      await expect(rows(change)).rejects.toMatchObject({ code: '23001' });
    await expect(requestStatementRun({ actor, month: '2026-08' })).rejects.toMatchObject({ code: 'period_sealed' });
  });

  async function addRefundOfFlat(): Promise<void> {
    const order = await sale(flat, '2026-08-06T02:00:00Z', 'blood-1', 333_335n);
    await addRefund(order.id, '2026-08-07T02:00:00Z', order.lines);
  }

  it('shows anybody who holds the hash that the seal is whole, and nobody else anything', async () => {
    const [sealed] = await rows<{ hash: string }>('SELECT content_hash AS hash FROM statement WHERE doctor_id = $1', [
      banded,
    ]);
    const hash = sealed?.hash ?? '';
    expect(await verifySeal({ hash, addressHash: 'a' })).toMatchObject({
      number: '2026-08-DR-A',
      intact: true,
      payable: '1998000',
    });
    await expect(verifySeal({ hash: '0'.repeat(64), addressHash: 'a' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('publishes once, however often it is asked', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => publishStatements({ actor, month: '2026-08' })));
    expect(asked.map(({ published }) => published).sort()).toEqual([0, 0, 2]);
    expect(await count('SELECT count(*) AS n FROM statement_link')).toBe(2);
    expect(await count("SELECT count(*) AS n FROM outbox_event WHERE name = 'notification/requested'")).toBe(2);
    expect(await count("SELECT count(*) AS n FROM audit_entry WHERE action = 'statement.published'")).toBe(2);
  });

  it('carries what arrives late into the next month, on top of what its own month gave', async () => {
    await sale(banded, '2026-08-20T02:00:00Z', 'blood-1', million(1));
    const late = await sale(flat, '2026-08-21T02:00:00Z', 'blood-1', million(1));
    const old = await rows<{ id: string; order: string }>(
      `SELECT l.order_line_id AS id, l.order_id AS order FROM statement_line l JOIN statement s ON s.id = l.statement_id
       WHERE s.doctor_id = $1 ORDER BY l.position LIMIT 1`,
      [flat],
    );
    await addRefund(old[0]?.order ?? '', '2026-08-25T02:00:00Z', [old[0]?.id ?? '']);
    await sale(banded, '2026-09-02T02:00:00Z', 'blood-1', million(2));
    await run('2026-09');
    // August had reached 18m: the late million is paid at 15 %; September's own begins again at 8 %.
    expect(await figuresOf('2026-09', 'DR-A')).toMatchObject({
      lines: 1,
      base: million(2),
      commission: 160_000n,
      carryForward: 150_000n,
      payable: 310_000n,
    });
    expect(await figuresOf('2026-09', 'DR-B')).toMatchObject({
      lines: 0,
      base: 0n,
      commission: 0n,
      carryForward: 0n,
      payable: 0n,
    });
    expect(await count('SELECT count(*) AS n FROM statement_line WHERE carried AND order_id = $1', [late.id])).toBe(1);
    await approveStatements({ actor, month: '2026-09' });
    await run('2026-10');
    expect(await showStatements({ actor, month: '2026-10', doctor: null })).toEqual([]);
  });

  it('draws the same PDF from the same snapshot', async () => {
    const [sealed] = await rows<{ id: string }>('SELECT id FROM statement WHERE doctor_id = $1 AND base = 2000000', [
      banded,
    ]);
    const statementId = sealed?.id ?? '';
    const first = await generateStatementPdf({ actor, statementId, language: 'vi' });
    expect(await generateStatementPdf({ actor, statementId, language: 'vi' })).toEqual(first);
    expect(await count("SELECT count(*) AS n FROM document WHERE kind = 'statement'")).toBe(1);
    const english = await generateStatementPdf({ actor, statementId, language: 'en' });
    const papers = await Promise.all([first, english].map(({ documentId }) => paperOf(documentId)));
    const [late] = await rows<{ number: string }>(
      'SELECT o.number FROM statement_line l JOIN orders o ON o.id = l.order_id WHERE l.carried AND l.statement_id = $1',
      [statementId],
    );
    expect(papers[0]).toMatch(new RegExp(`Chuyển kỳ từ tháng 08/2026: đơn ${late?.number}\\s+150\\.000`));
    expect(papers[1]).toMatch(new RegExp(`Carried forward from 2026-08: order ${late?.number.slice(0, 5)}`));
    await closePdfPool();
  });
});
