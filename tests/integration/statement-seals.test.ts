import { describe, expect, it } from 'vitest';
import { sealedStatement } from '@/server/modules/referral/statements/queries';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { openStatement } from '@/server/modules/referral/statements/use-cases/open-statement';
import { publishStatements } from '@/server/modules/referral/statements/use-cases/publish-statements';
import { requestStatementPdf } from '@/server/modules/referral/statements/use-cases/request-statement-pdf';
import { reviewStatement } from '@/server/modules/referral/statements/use-cases/review-statement';
import { rowsOf, rowsPastGuards } from './database';
import { actor, idOf, MONTH, refused, statement, trail, withDraftedMonth } from './drafted-month';
import { draftMonth } from './statement-fixture';

withDraftedMonth();

describe('a review', () => {
  it('is noted with who made it, taken back without a trace of that, and each is written down once', async () => {
    const { id } = await statement('A');
    const review = (reviewed: boolean) => reviewStatement({ actor, statementId: id, reviewed });
    await review(false);
    for (const _ of [1, 2]) await review(true);
    expect(await statement('A')).toMatchObject({ state: 'reviewed', reviewed: true, reviewedBy: actor.id });
    for (const _ of [1, 2]) await review(false);
    expect(await statement('A')).toMatchObject({ state: 'draft', reviewed: false, reviewedBy: null });
    await review(true);
    expect((await trail(id)).map(({ action }) => action)).toEqual([
      'statement.reviewed',
      'statement.review-withdrawn',
      'statement.reviewed',
    ]);
  });

  it('is refused for what there is not', async () => {
    const none = reviewStatement({ actor, statementId: crypto.randomUUID(), reviewed: true });
    await expect(none).rejects.toMatchObject(refused('not-found', 'not_found'));
  });
});

describe('an approval', () => {
  it('is refused for a month that was never asked for, and nothing is published of one that has nothing approved', async () => {
    const never = { actor, month: '2025-12' };
    await expect(approveStatements(never)).rejects.toMatchObject(refused('not-found', 'not_found'));
    await expect(publishStatements(never)).rejects.toMatchObject(refused('not-found', 'not_found'));
    await expect(publishStatements({ actor, month: MONTH })).rejects.toMatchObject(
      refused('conflict', 'nothing_approved', { month: MONTH }),
    );
  });

  it('of some statements seals these, drafts and reviewed ones, and leaves the month open', async () => {
    const [a, b] = await Promise.all(['A', 'B'].map(statement));
    const only = [a?.id ?? '', b?.id ?? ''];
    expect(await approveStatements({ actor, month: MONTH, only })).toEqual({ approved: 2, sealed: false });
    expect(await approveStatements({ actor, month: MONTH, only })).toEqual({ approved: 0, sealed: false });
    expect((await statement('C')).state).toBe('draft');
    for (const code of ['A', 'B'])
      expect(await statement(code)).toMatchObject({
        state: 'approved',
        approved: true,
        approvedBy: actor.id,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    expect(await rowsOf('SELECT state, sealed_at AS at FROM statement_period WHERE month = $1', [MONTH])).toEqual([
      { state: 'open', at: null },
    ]);
    const { hash } = await statement('A');
    expect((await trail(a?.id ?? '')).at(-1)).toEqual({
      action: 'statement.approved',
      by: actor.id,
      detail: { month: MONTH, hash, payable: '2700000', lines: 1 },
    });
    expect(await rowsOf(`SELECT data FROM outbox_event WHERE name = 'statement/approved' ORDER BY id`)).toEqual(
      only.sort().map((statementId) => ({ data: { statementId } })),
    );
  });

  it('is of what the statement said then, whatever becomes of its doctor', async () => {
    const { id, hash } = await statement('A');
    const before = await openStatement({ actor, id });
    await rowsPastGuards(`UPDATE doctor SET name = 'BS. Khác', plan_id = NULL WHERE id = $1`, [idOf('A')]);
    expect(await openStatement({ actor, id })).toEqual(before);
    expect(before).toMatchObject({
      id,
      hash,
      month: MONTH,
      state: 'approved',
      hasChannel: true,
      documents: [],
      doctorId: idOf('A'),
    });
    expect(before.content.doctor).toEqual({ code: 'A', name: 'BS. A', plan: 'FLAT' });
    expect(await sealedStatement(id)).toEqual({ id, hash, content: before.content });
    expect(await sealedStatement((await statement('C')).id)).toBeNull();
    const draft = await openStatement({ actor, id: (await statement('C')).id });
    expect([draft.hash, draft.content.sums.payable]).toEqual([null, '100000']);
  });

  it('takes no review back, and its PDFs are asked for again, but for drafts', async () => {
    const { id } = await statement('A');
    for (const reviewed of [true, false])
      await expect(reviewStatement({ actor, statementId: id, reviewed })).rejects.toMatchObject(
        refused('conflict', 'statement_moved_on'),
      );
    await requestStatementPdf({ actor, statementId: id });
    expect((await trail(id)).at(-1)).toEqual({ action: 'statement.pdf-requested', by: actor.id, detail: {} });
    expect(await rowsOf(`SELECT data FROM outbox_event WHERE name = 'statement/pdf.requested'`)).toEqual([
      { data: { statementId: id } },
    ]);
    const drafted = requestStatementPdf({ actor, statementId: (await statement('C')).id });
    await expect(drafted).rejects.toMatchObject(refused('not-found', 'not_found'));
  });
});

describe('a month of a hundred and one statements', () => {
  it('is sealed forty at a time, and published a hundred at a time', async () => {
    const month = '2026-06';
    await draftMonth(month);
    await rowsPastGuards(
      `WITH d AS (INSERT INTO doctor (code, name) SELECT 'Z' || n, 'BS. ' || n FROM generate_series(1, 101) n RETURNING id)
       INSERT INTO statement (period_id, doctor_id) SELECT p.id, d.id FROM d, statement_period p WHERE p.month = $1`,
      [month],
    );
    const groups = async (column: string) =>
      (
        await rowsOf<{ n: number }>(
          `SELECT count(*)::int AS n FROM statement s JOIN statement_period p ON p.id = s.period_id WHERE p.month = $1 GROUP BY ${column} ORDER BY min(${column})`,
          [month],
        )
      ).map(({ n }) => n);
    expect(await approveStatements({ actor, month })).toEqual({ approved: 101, sealed: true });
    expect(await groups('approved_at')).toEqual([40, 40, 21]);
    const [sealed] = await rowsOf<{ id: string; at: Date }>(
      'SELECT id, sealed_at AS at FROM statement_period WHERE month = $1',
      [month],
    );
    expect(sealed?.at).toBeInstanceOf(Date);
    expect(await trail(sealed?.id ?? '')).toEqual([
      { action: 'statement-period.sealed', by: actor.id, detail: { month } },
    ]);
    expect(await publishStatements({ actor, month })).toEqual({ published: 101 });
    expect(await groups('published_at')).toEqual([100, 1]);
  });
});
