import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handler as papers } from '@/inngest/functions/referral/generate-statement-pdf.handler';
import { handler as linkEvents } from '@/inngest/functions/referral/statement-link-event.handler';
import { failRun } from '@/server/modules/referral/statements/public/fail-run';
import { resumeRun } from '@/server/modules/referral/statements/public/resume-run';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { followRun } from '@/server/modules/referral/statements/use-cases/follow-run';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { closePdfPool } from '@/server/pdf/render';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { actor, anotherAddress, makeDoctor } from './gate-fixture';
import { addDoctor, addOrder, addPlan, draftMonth, makeStatementFixture } from './statement-fixture';
import { makeStaff, oneOf } from './till-fixture';

withDatabase();
afterAll(closePdfPool);
beforeAll(async () => {
  const fixture = await makeStatementFixture(['blood-1']);
  const doctor = await addDoctor('A', await addPlan(fixture, 'FLAT', [{ from: '2026-01-01', value: '10' }]));
  await addOrder(fixture, {
    doctor,
    settledAt: '2026-02-05T02:00:00Z',
    lines: [{ service: 'blood-1', net: 1_000_000n }],
  });
});

const FUTURE = '2199-01';
const run = (id: string) =>
  oneOf<Record<string, unknown>>(
    'SELECT state, failure, requested_by AS by, doctors_total AS total, finished_at IS NOT NULL AS ended FROM statement_run WHERE id = $1',
    [id],
  );
const states = async (month: string) =>
  (
    await rowsOf<{ state: string }>(
      'SELECT r.state FROM statement_run r JOIN statement_period p ON p.id = r.period_id WHERE p.month = $1 ORDER BY r.id',
      [month],
    )
  ).map(({ state }) => state);
const trail = (id: string) =>
  rowsOf<{ action: string; detail: object }>(
    'SELECT action, detail FROM audit_entry WHERE entity_id = $1 AND entity = $$statement-run$$ ORDER BY id',
    [id],
  );
const setState = (table: string, id: string, state: string) =>
  rowsPastGuards(`UPDATE ${table} SET state = $2 WHERE id = $1`, [id, state]);

describe('a run', () => {
  it('is asked for by somebody, of a month that has begun, in the zone of the organisation', async () => {
    const staff = await makeStaff('finance', null);
    const { runId, periodId } = await requestStatementRun({ actor: staff, month: '2026-03' });
    expect(await run(runId)).toEqual({ state: 'requested', failure: null, by: staff.id, total: 0, ended: false });
    expect(await trail(runId)).toEqual([{ action: 'statement-run.requested', detail: { month: '2026-03' } }]);
    expect(await rowsOf(`SELECT data FROM outbox_event WHERE name = 'statement/batch.requested'`)).toEqual([
      { data: { runId, periodId } },
    ]);
    const bounds = await rowsOf('SELECT starts_at AS from, ends_at AS to, state FROM statement_period WHERE id = $1', [
      periodId,
    ]);
    expect(bounds).toEqual([
      { from: new Date('2026-02-28T17:00:00Z'), to: new Date('2026-03-31T17:00:00Z'), state: 'open' },
    ]);
    const early = requestStatementRun({ actor: staff, month: FUTURE });
    await expect(early).rejects.toMatchObject({ kind: 'invalid', code: 'month_not_begun', params: { month: FUTURE } });
    const again = requestStatementRun({ actor: staff, month: '2026-03' });
    await expect(again).rejects.toMatchObject({
      kind: 'conflict',
      code: 'run_in_progress',
      params: { month: '2026-03' },
    });
    await setState('statement_period', periodId, 'sealed');
    const sealed = requestStatementRun({ actor: staff, month: '2026-03' });
    await expect(sealed).rejects.toMatchObject({
      kind: 'conflict',
      code: 'period_sealed',
      params: { month: '2026-03' },
    });
  });

  it('ends failed once, whether it waits or goes on, and no other with it', async () => {
    const [waits, goesOn] = [
      await requestStatementRun({ actor, month: '2026-04' }),
      await requestStatementRun({ actor, month: '2026-05' }),
    ];
    await startStatementBatch({ actor, ...goesOn });
    expect(await run(goesOn.runId)).toMatchObject({ state: 'running', total: 1 });
    await failRun({ actor, runId: goesOn.runId, code: 'no_answer' });
    expect([await run(waits.runId), await run(goesOn.runId)]).toMatchObject([
      { state: 'requested', failure: null, ended: false },
      { state: 'failed', failure: { code: 'no_answer' }, ended: true },
    ]);
    for (const code of ['gone', 'again']) await failRun({ actor, runId: waits.runId, code });
    expect(await run(waits.runId)).toMatchObject({ state: 'failed', failure: { code: 'gone' } });
    expect((await trail(waits.runId)).slice(1)).toEqual([{ action: 'statement-run.failed', detail: { code: 'gone' } }]);
    expect(await startStatementBatch({ actor, ...waits })).toEqual({ chunks: 0 });
  });

  it('that is done does not fail, and the one after it begins in the same month', async () => {
    const done = await draftMonth('2026-02');
    await failRun({ actor, runId: done, code: 'late' });
    expect(await run(done)).toMatchObject({ state: 'done', failure: null });
    await draftMonth('2026-02');
    expect(await states('2026-02')).toEqual(['done', 'done']);
  });
});

describe('who follows a run', () => {
  it('waits until it is done', async () => {
    const { runId } = await requestStatementRun({ actor, month: '2026-09' });
    let over = false;
    const following = followRun({ runId }).then(() => {
      over = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(over).toBe(false);
    await setState('statement_run', runId, 'done');
    await following;
    expect(over).toBe(true);
  });

  it('learns that it failed, and of which month, or that there is none', async () => {
    const { runId } = await requestStatementRun({ actor, month: '2026-09' });
    await setState('statement_run', runId, 'failed');
    const failed = (month: string) => ({ kind: 'unavailable', code: 'run_failed', params: { month } });
    await expect(followRun({ runId })).rejects.toMatchObject(failed('2026-09'));
    await expect(followRun({ runId: crypto.randomUUID() })).rejects.toMatchObject(failed(''));
  });
});

describe('who resumes a month', () => {
  it('does so where its last run failed, and gives way to who was faster or sealed it meanwhile', async () => {
    const { runId, periodId } = await requestStatementRun({ actor, month: '2026-06' });
    const resume = () => resumeRun({ actor, runId, periodId });
    await resume();
    expect(await states('2026-06')).toEqual(['requested']);
    await setState('statement_run', runId, 'failed');
    await setState('statement_period', periodId, 'sealed');
    await resume();
    expect(await states('2026-06')).toEqual(['failed']);
    await setState('statement_period', periodId, 'open');
    await resume();
    expect(await states('2026-06')).toEqual(['failed', 'requested']);
    await rowsOf(`UPDATE statement_run SET state = 'done' WHERE state = 'requested' AND period_id = $1`, [periodId]);
    await resume();
    expect(await states('2026-06')).toEqual(['failed', 'done']);
  });

  it('learns of everything else', async () => {
    const [period] = await rowsPastGuards<{ id: string }>(
      `INSERT INTO statement_period (month, starts_at, ends_at) VALUES ($1, now(), now()) RETURNING id`,
      [FUTURE],
    );
    const [failed] = await rowsPastGuards<{ id: string }>(
      `INSERT INTO statement_run (period_id, state) VALUES ($1, 'failed') RETURNING id`,
      [period?.id],
    );
    const resuming = resumeRun({ actor, runId: failed?.id ?? '', periodId: period?.id ?? '' });
    await expect(resuming).rejects.toMatchObject({ code: 'month_not_begun' });
  });
});

/** Runs a function's steps at once, in their order; answers what it came to, and the names of its steps and what it waited for. */
async function stepsOf(run: (given: never) => unknown, given: object) {
  const names: string[] = [];
  const step = {
    run: (name: string, work: () => unknown) => {
      names.push(name);
      return work();
    },
    sleep: async (name: string, time: string) => void names.push(`${name} ${time}`),
  };
  return { result: await run({ batch: [], data: null, actor, step, ...given } as never), names };
}

describe('what is drawn of a sealed statement', () => {
  it('is one paper in each language, announced once both are there', async () => {
    await approveStatements({ actor, month: '2026-02' });
    const { id: statementId } = await oneOf<{ id: string }>(`SELECT id FROM statement WHERE content_hash IS NOT NULL`);
    const { names } = await stepsOf(papers.run, { data: { statementId } });
    expect(names).toEqual(['vi', 'en', 'announce']);
    const kept = await rowsOf<{ id: string; language: string }>(
      'SELECT id, language FROM document WHERE owner_id = $1 ORDER BY language DESC',
      [statementId],
    );
    expect(kept.map(({ language }) => language)).toEqual(['vi', 'en']);
    expect(await rowsOf(`SELECT effect_key AS key FROM effect_receipt WHERE kind = 'statement-pdf'`)).toEqual([
      { key: `statement-pdf:${kept.map(({ id }) => id).join('+')}` },
    ]);
    expect(await rowsOf(`SELECT data FROM outbox_event WHERE name = 'statement/pdf.ready'`)).toEqual([
      { data: { statementId } },
    ]);
  });
});

describe('what happened to links', () => {
  it('is reviewed, and once more a while later where a visit was too fresh to judge', async () => {
    const { linkId } = await makeDoctor();
    const visit = async (age: string) =>
      (
        await rowsPastGuards<{ eventId: string; linkId: string }>(
          `INSERT INTO link_event (link_id, kind, at, agent, ip_hash) VALUES ($1, 'opened', now() - $2::interval, 'Safari', $3) RETURNING id AS "eventId", link_id AS "linkId"`,
          [linkId, age, Buffer.from(anotherAddress(), 'base64url')],
        )
      )[0];
    const old = await stepsOf(linkEvents.run, { batch: [await visit('2 minutes')] });
    expect(old).toEqual({ names: ['review'], result: { links: 1, audited: 1, undecided: false } });
    const fresh = await stepsOf(linkEvents.run, { batch: [await visit('1 second')] });
    expect(fresh).toEqual({
      names: ['review', 'until-visits-are-decided 90s', 'review-again'],
      result: { links: 1, audited: 0, undecided: true },
    });
  });
});

describe('a run of a laboratory without doctors', () => {
  it('is done at once', async () => {
    await rowsPastGuards('DELETE FROM doctor');
    const { runId, periodId } = await requestStatementRun({ actor, month: '2026-08' });
    expect(await startStatementBatch({ actor, runId, periodId })).toEqual({ chunks: 0 });
    expect(await run(runId)).toMatchObject({ state: 'done', total: 0, ended: true });
    expect((await trail(runId)).at(-1)).toEqual({ action: 'statement-run.started', detail: { doctors: 0, chunks: 0 } });
  });
});
