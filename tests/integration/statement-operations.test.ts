import { beforeAll, describe, expect, it } from 'vitest';
import { rowsOf, rowsPastGuards, withDatabase } from './database';
import { idOf, makeReadFixture } from './read-fixture';

withDatabase();
beforeAll(makeReadFixture);

type Kind = 'statement' | 'statement_run' | 'statement_link' | 'otp_challenge';
const subject = async (kind: Kind, id: string) =>
  rowsOf(`SELECT label, reference, address, branch_id AS branch FROM subject_${kind} WHERE id = $1`, [id]);
const impact = async (kind: Kind, id: string) =>
  (
    await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', thing, coalesce(person, '-'), money, coalesce(tier, '-')) AS line FROM impact_${kind} WHERE id = $1 ORDER BY thing`,
      [id],
    )
  ).map(({ line }) => line);
const about = (month: string, doctor: string, statement: number) => [
  {
    label: month,
    reference: `${month}-${doctor}`,
    address: `/statements/${month}/${idOf('statement', statement)}`,
    branch: null,
  },
];
const of = (statement: number, payable: number) => `${idOf('statement', statement)} - ${payable} -`;

describe('what operations show of the referral area', () => {
  it('is the statement that something is about, and its money', async () => {
    expect(await subject('statement', idOf('statement', 1))).toEqual(about('2026-07', 'D1', 1));
    expect(await subject('statement', idOf('statement', 5))).toEqual(about('2026-08', 'D3', 5));
    expect(await impact('statement', idOf('statement', 2))).toEqual([of(2, 30_000)]);
    for (const [link, month, doctor, statement, payable] of [
      [1, '2026-07', 'D1', 1, 96_300],
      [3, '2026-07', 'D2', 2, 30_000],
    ] as const) {
      const challenge = idOf('event', 70 + link);
      await rowsPastGuards(
        `INSERT INTO otp_challenge (id, link_id, channel, browser_hash, address_hash, expires_at) VALUES ($1, $2, 'sms', '\\x01', '\\x01', now())`,
        [challenge, idOf('link', link)],
      );
      for (const [kind, id] of [
        ['statement_link', idOf('link', link)],
        ['otp_challenge', challenge],
      ] as const) {
        expect(await subject(kind, id)).toEqual(about(month, doctor, statement));
        expect(await impact(kind, id)).toEqual([of(statement, payable)]);
      }
    }
  });

  it('is the month of a run, and the statements in force that it made', async () => {
    const [july, august] = ['2026-07', '2026-08'].map((month) => [
      { label: month, reference: month, address: `/statements/${month}`, branch: null },
    ]);
    expect([await subject('statement_run', idOf('run', 1)), await subject('statement_run', idOf('run', 3))]).toEqual([
      july,
      august,
    ]);
    expect(await impact('statement_run', idOf('run', 1))).toEqual([of(1, 96_300), of(2, 30_000)]);
    expect(await impact('statement_run', idOf('run', 2))).toEqual([]);
    expect(await impact('statement_run', idOf('run', 3))).toEqual([of(4, 179_100), of(5, -4_000), of(6, 0)]);
  });
});

describe('a run of a month', () => {
  const run = async (period: number, state: string, at: string) =>
    (
      await rowsPastGuards<{ id: string }>(
        'INSERT INTO statement_run (period_id, state, requested_at) VALUES ($1, $2, $3) RETURNING id',
        [idOf('period', period), state, at],
      )
    )[0]?.id ?? '';
  const inForce = async (id: string) =>
    (await rowsOf<{ is: boolean }>('SELECT is_run_in_force($1) AS is', [id]))[0]?.is;
  const issues = () => rowsOf('SELECT kind, count, since, money FROM issue_statements');

  it('is an issue when it failed, until the month is asked for again', async () => {
    expect(await issues()).toEqual([]);
    const issue = (count: number, since: string) => [
      { kind: 'statement-runs-failed', count, since: new Date(since), money: null },
    ];
    await run(3, 'failed', '2026-07-02T00:00:00Z');
    expect(await issues()).toEqual(issue(1, '2026-07-02T00:00:00Z'));
    await run(1, 'failed', '2026-08-03T00:00:00Z');
    expect(await issues()).toEqual(issue(2, '2026-07-02T00:00:00Z'));
    await run(3, 'requested', '2026-07-03T00:00:00Z');
    expect(await issues()).toEqual(issue(1, '2026-08-03T00:00:00Z'));
  });

  it('is in force until a later one of its month is done', async () => {
    const asked = idOf('run', 2);
    await rowsPastGuards(`UPDATE statement_run SET state = 'failed' WHERE id = $1`, [idOf('run', 3)]);
    await run(2, 'done', '2026-08-31T00:00:00Z');
    await run(1, 'done', '2026-12-01T00:00:00Z');
    expect([await inForce(asked), await inForce(crypto.randomUUID())]).toEqual([true, true]);
    const done = await run(2, 'done', '2026-09-01T02:00:00Z');
    expect([await inForce(asked), await inForce(done)]).toEqual([false, true]);
  });

  const effect = async (name: string, id: string, key: string) =>
    (
      await rowsOf(`SELECT done_at AS at, applies, possible, done, left_over AS left FROM effect_${name}($1, $2)`, [
        id,
        key,
      ])
    )[0];

  it('has begun at the first moment that the trail knows, and its drafts were made when they were claimed', async () => {
    const [id, other] = [idOf('run', 3), idOf('run', 1)];
    const none = { at: null, applies: true, possible: true, done: null, left: null };
    await rowsPastGuards(`DELETE FROM statement_run WHERE period_id = $1 AND state = 'done'`, [idOf('period', 2)]);
    expect(await effect('statement_run', id, 'x')).toEqual(none);
    const entry = (at: string, action: string, entity: string, of: string) =>
      rowsPastGuards(
        `INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id, correlation_id) VALUES ($1, 'system', 'x', $2, $3, $4, 'x')`,
        [at, action, entity, of],
      );
    await entry('2026-09-01T01:00:02Z', 'statement-run.started', 'statement-run', id);
    await entry('2026-09-01T01:00:03Z', 'statement-run.started', 'statement-run', id);
    await entry('2026-09-01T01:00:01Z', 'statement-run.requested', 'statement-run', id);
    await entry('2026-09-01T01:00:01Z', 'statement-run.started', 'statement', id);
    await entry('2026-09-01T01:00:01Z', 'statement-run.started', 'statement-run', other);
    expect(await effect('statement_run', id, 'x')).toEqual({ ...none, at: new Date('2026-09-01T01:00:02Z') });
    await rowsPastGuards(
      `INSERT INTO effect_receipt (effect_key, kind, at) VALUES ('drafts-7', 'statement-drafts', '2026-09-01T01:00:05Z')`,
    );
    expect(await effect('statement_drafts', id, 'drafts-7')).toEqual({ ...none, at: new Date('2026-09-01T01:00:05Z') });
    await run(2, 'done', '2026-09-02T00:00:00Z');
    for (const name of ['statement_run', 'statement_drafts'])
      expect(await effect(name, id, 'drafts-8')).toMatchObject({ applies: false, possible: true });
  });

  it('and a code is possible until it expires, and is done when it was sent', async () => {
    const code = async (n: number, expires: string, sent: string) => {
      await rowsPastGuards(
        `INSERT INTO otp_challenge (id, link_id, channel, browser_hash, address_hash, expires_at, sent_at) VALUES ($1, $2, 'sms', '\\x01', '\\x01', now() + $3::interval, ${sent})`,
        [idOf('event', n), idOf('link', 1), expires],
      );
      return effect('otp', idOf('event', n), 'x');
    };
    const rest = { applies: true, done: null, left: null };
    expect(await code(81, '1 minute', `'2026-10-01T00:00Z'`)).toEqual({
      at: new Date('2026-10-01T00:00Z'),
      possible: true,
      ...rest,
    });
    expect(await code(82, '-1 second', 'NULL')).toEqual({ at: null, possible: false, ...rest });
    expect(await effect('otp', idOf('event', 99), 'x')).toEqual({ at: null, possible: false, ...rest });
    expect(await rowsOf('SELECT FROM effect_otp($1, $2)', [idOf('event', 81), 'x'])).toHaveLength(1);
  });

  it('and an event of a link needs an entry of its own, but for what the act itself has entered', async () => {
    const kinds = ['opened', 'viewed', 'otp-requested', 'verified', 'failed', 'revoked'];
    const applies = [];
    for (const [n, kind] of kinds.entries()) {
      await rowsPastGuards(`INSERT INTO link_event (id, link_id, kind) VALUES ($1, $2, $3)`, [
        idOf('event', 90 + n),
        idOf('link', 1),
        kind,
      ]);
      applies.push(((await effect('link_event', idOf('event', 90 + n), 'x')) as { applies: boolean }).applies);
    }
    expect(applies).toEqual([true, true, false, false, false, false]);
    expect(await effect('link_event', idOf('event', 89), 'drafts-7')).toEqual({
      ...{ at: new Date('2026-09-01T01:00:05Z'), applies: false, possible: true, done: null, left: null },
    });
  });
});
