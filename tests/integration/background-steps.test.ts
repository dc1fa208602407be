import { beforeAll, describe, expect, it } from 'vitest';
import type { Handler } from '@/inngest/define-function';
import { handler as notifications } from '@/inngest/functions/core/notifications.handler';
import { handler as bulkUpload } from '@/inngest/functions/intake/orders-bulk-upload.handler';
import { handler as doctorStatement } from '@/inngest/functions/referral/doctor-statement.handler';
import { handler as statementPdf } from '@/inngest/functions/referral/generate-statement-pdf.handler';
import { handler as sendCode } from '@/inngest/functions/referral/send-otp.handler';
import { handler as batchPublisher } from '@/inngest/functions/referral/statement-batch-publisher.handler';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { announceStatementPdf } from '@/server/modules/referral/statements/public/announce-statement-pdf';
import { requestDueRun } from '@/server/modules/referral/statements/public/request-due-run';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { rowsPastGuards, withDatabase } from './database';
import { actor, askForCode, makeDoctor, newestChallenge, visitor } from './gate-fixture';
import { makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();
beforeAll(makeFixture);

/** Runs a function's steps at once, in their order, and answers their names. */
async function stepsOf(handler: Handler<never>, data: unknown, batch: unknown[] = []) {
  const names: string[] = [];
  const step = {
    run: (name: string, work: () => unknown) => {
      names.push(name);
      return work();
    },
  };
  const result = await handler.run({ data, batch, actor, step } as never);
  return { names, result };
}
const as = (handler: unknown) =>
  handler as Handler<never> & { onReplay: (data: unknown, by: typeof actor) => Promise<void> };
const failed = (handler: unknown, data: object, code: string) => as(handler).onFailure(data as never, code, actor);

const trail = (entityId: string) =>
  rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', action, entity, detail::text) AS line FROM audit_entry WHERE entity_id = $1 ORDER BY at, id`,
    [entityId],
  ).then((rows) => rows.map(({ line }) => line));
const eventsNamed = (name: string, key: string, value: string) =>
  rowsOf<{ data: Record<string, unknown> }>(
    `SELECT data FROM outbox_event WHERE name = $1 AND data ->> $2 = $3 ORDER BY id`,
    [name, key, value],
  );
const runOf = (id: string) =>
  oneOf<Record<string, unknown>>(
    'SELECT state, doctors_total, doctors_done, failure, finished_at IS NOT NULL AS finished FROM statement_run WHERE id = $1',
    [id],
  );

describe('functions that no event started', () => {
  it('do nothing where there is nothing to do', async () => {
    for (const handler of [bulkUpload, doctorStatement, statementPdf, sendCode]) {
      expect((await stepsOf(as(handler), null)).result).toBeNull();
    }
  });

  it('ask for the month that has just ended, once', async () => {
    const { month } = await oneOf<{ month: string }>(
      `SELECT to_char(business_day(now()) - interval '1 month', 'YYYY-MM') AS month`,
    );
    const first = await stepsOf(as(batchPublisher), null);
    expect(first.names).toEqual(['request']);
    expect(first.result).toEqual({ month, runId: expect.any(String) });
    expect(await requestDueRun({ actor })).toEqual({ month, runId: null });
    expect(await oneOf('SELECT count(*)::int AS n FROM statement_run')).toEqual({ n: 1 });
  });
});

describe('a month', () => {
  it('goes out to all doctors in chunks of 250, once', async () => {
    await rowsOf(
      `INSERT INTO doctor (code, name) SELECT 'M' || lpad(n::text, 4, '0'), 'BS. ' || n FROM generate_series(1, 251 - (SELECT count(*)::int FROM doctor)) n`,
    );
    const { runId, periodId } = await requestStatementRun({ actor, month: '2026-03' });
    const started = await stepsOf(as(batchPublisher), { runId, periodId });
    expect(started).toEqual({ names: ['fan-out'], result: { chunks: 2 } });
    expect(await startStatementBatch({ actor, runId, periodId })).toEqual({ chunks: 0 });
    const events = await eventsNamed('statement/generation.requested', 'runId', runId);
    expect(events.map(({ data }) => [data.chunk, (data.doctorIds as string[]).length, data.periodId])).toEqual([
      [0, 250, periodId],
      [1, 1, periodId],
    ]);
    expect(new Set(events.flatMap(({ data }) => data.doctorIds as string[])).size).toBe(251);
    expect(await runOf(runId)).toMatchObject({
      state: 'running',
      doctors_total: 251,
      doctors_done: 0,
      finished: false,
    });
    expect(await trail(runId)).toContain('statement-run.started statement-run {"chunks": 2, "doctors": 251}');
    for (const { data } of events) expect((await stepsOf(as(doctorStatement), data)).names).toEqual(['draft']);
    expect(await runOf(runId)).toMatchObject({ state: 'done', doctors_done: 251, finished: true });
  });

  it('that failed says why, stays so, and is requested again by whoever resumes it, once', async () => {
    const { runId, periodId } = await requestStatementRun({ actor, month: '2026-04' });
    for (const handler of [batchPublisher, doctorStatement]) await failed(handler, { runId, periodId }, 'no_answer');
    expect(await runOf(runId)).toMatchObject({ state: 'failed', failure: { code: 'no_answer' }, finished: true });
    expect((await trail(runId)).filter((line) => line.startsWith('statement-run.failed'))).toEqual([
      'statement-run.failed statement-run {"code": "no_answer"}',
    ]);
    const states = () =>
      rowsOf<{ state: string }>('SELECT state FROM statement_run WHERE period_id = $1 ORDER BY requested_at, id', [
        periodId,
      ]).then((rows) => rows.map(({ state }) => state));
    await as(doctorStatement).onReplay({ runId, periodId }, actor);
    expect(await states()).toEqual(['failed', 'requested']);
    await as(batchPublisher).onReplay({ runId, periodId }, actor);
    await as(batchPublisher).onReplay({ runId: crypto.randomUUID(), periodId }, actor);
    expect(await states()).toEqual(['failed', 'requested']);
  });

  it('that is running is not resumed', async () => {
    const { runId, periodId } = await requestStatementRun({ actor, month: '2026-05' });
    await as(batchPublisher).onReplay({ runId, periodId }, actor);
    expect(await oneOf('SELECT count(*)::int AS n FROM statement_run WHERE period_id = $1', [periodId])).toEqual({
      n: 1,
    });
  });
});

describe('the PDFs of a statement', () => {
  it('are announced once for the same files', async () => {
    const { statementId } = await makeDoctor();
    const documents = [1, 2].map((n) => ({ documentId: crypto.randomUUID(), sha256: String(n) }));
    for (const _ of [1, 2]) await announceStatementPdf({ actor, statementId, documents });
    expect(await eventsNamed('statement/pdf.ready', 'statementId', statementId)).toEqual([{ data: { statementId } }]);
    expect(await trail(statementId)).toEqual(['statement.pdf-ready statement {"documents": 2}']);
    await announceStatementPdf({ actor, statementId, documents: [{ documentId: crypto.randomUUID(), sha256: '3' }] });
    expect(await eventsNamed('statement/pdf.ready', 'statementId', statementId)).toHaveLength(2);
  });

  it('that could not be made leave a trace', async () => {
    const { statementId } = await makeDoctor();
    await failed(statementPdf, { statementId }, 'pdf_failed');
    expect(await trail(statementId)).toEqual(['statement.pdf-failed statement {"code": "pdf_failed"}']);
  });
});

describe('a code', () => {
  it('is sent in one step, and one that could not be sent leaves a trace', async () => {
    const doctor = await makeDoctor();
    await requestCode({ token: doctor.token, browser: null, visitor: visitor({ method: 'POST' }), channel: 'sms' });
    const challengeId = await newestChallenge(doctor.linkId);
    expect(await stepsOf(as(sendCode), { challengeId })).toEqual({ names: ['send'], result: { sent: true } });
    expect(await stepsOf(as(sendCode), { challengeId })).toMatchObject({ result: { sent: false } });
    await failed(sendCode, { challengeId }, 'sms_unavailable');
    expect(await trail(challengeId)).toEqual([
      expect.stringMatching(/^otp.requested otp-challenge .*"known": false/),
      expect.stringMatching(/^otp.sent otp-challenge .*"channel": "sms"/),
      'otp.not-sent otp-challenge {"failure": "sms_unavailable"}',
    ]);
  });

  it('that another is sending names the moment to try again', async () => {
    const doctor = await makeDoctor();
    await askForCode(doctor, visitor().addressHash);
    const challengeId = await newestChallenge(doctor.linkId);
    await rowsOf(
      `UPDATE otp_challenge SET sent_at = NULL, used_at = NULL, claimed_until = now() + interval '20 seconds' WHERE id = $1`,
      [challengeId],
    );
    const answered = await stepsOf(as(sendCode), { challengeId }).catch(
      (error: { code: string; params: { seconds: number } }) => error,
    );
    expect(answered).toMatchObject({ code: 'being_sent' });
    const { seconds } = (answered as { params: { seconds: number } }).params;
    expect(seconds).toBeGreaterThan(15);
    expect(seconds).toBeLessThanOrEqual(21);
  });
});

describe('notices', () => {
  it('are sent in one step, and one that failed is marked', async () => {
    const doctor = await makeDoctor();
    const dedupeKey = `statement-published:${doctor.linkId}`;
    const request = { template: 'statement-published', dedupeKey, linkId: doctor.linkId };
    expect(await stepsOf(as(notifications), request, [request])).toEqual({
      names: ['send'],
      result: { sent: 1, failed: 0 },
    });
    await rowsPastGuards(`UPDATE message SET state = 'queued' WHERE dedupe_key = $1`, [dedupeKey]);
    await failed(notifications, { dedupeKey }, 'sms_unavailable');
    const message = await oneOf<{ id: string }>('SELECT id, state, failure FROM message WHERE dedupe_key = $1', [
      dedupeKey,
    ]);
    expect(message).toMatchObject({ state: 'failed', failure: 'sms_unavailable' });
    expect(await trail(message.id)).toContain('message.failed message {"failure": "sms_unavailable"}');
  });
});
