import { beforeAll, describe, expect, it } from 'vitest';
import { publishedLinks, sealedStatement, statementOfLink } from '@/server/modules/referral/statements/queries';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { openStatement } from '@/server/modules/referral/statements/use-cases/open-statement';
import { publishStatements } from '@/server/modules/referral/statements/use-cases/publish-statements';
import { readOwnStatement } from '@/server/modules/referral/statements/use-cases/read-own-statement';
import { summariseMonth } from '@/server/modules/referral/statements/use-cases/summarise-month';
import { verifySeal } from '@/server/modules/referral/statements/use-cases/verify-seal';
import { rowsOf, rowsPastGuards } from './database';
import { actor, idOf, MONTH, refused, statement, trail, withDraftedMonth } from './drafted-month';
import { visitor } from './gate-fixture';
import { oneOf } from './till-fixture';

withDraftedMonth();
beforeAll(async () => {
  const only = await Promise.all(['A', 'B'].map(async (code) => (await statement(code)).id));
  await approveStatements({ actor, month: MONTH, only });
});

describe('a publication', () => {
  const links = () =>
    rowsOf<{ id: string; statementId: string }>(
      `SELECT id, statement_id AS "statementId" FROM statement_link ORDER BY id`,
    );

  it('of some approved statements gives each a link and its doctor a notification, once', async () => {
    const { id } = await statement('A');
    expect(await publishStatements({ actor, month: MONTH, only: [id] })).toEqual({ published: 1 });
    expect(await publishStatements({ actor, month: MONTH, only: [id] })).toEqual({ published: 0 });
    const [link, ...others] = await links();
    expect([link?.statementId, others]).toEqual([id, []]);
    expect(await statement('A')).toMatchObject({ state: 'published', published: true });
    expect((await statement('B')).state).toBe('approved');
    const asked = { template: 'statement-published', dedupeKey: `statement-published:${id}`, linkId: link?.id };
    expect(await rowsOf(`SELECT data FROM outbox_event WHERE name = 'notification/requested'`)).toEqual([
      { data: asked },
    ]);
    expect((await trail(id)).at(-1)).toEqual({
      action: 'statement.published',
      by: actor.id,
      detail: { month: MONTH, linkId: link?.id },
    });
  });

  it('of the rest leaves drafts where they are, and the sums of the month are of all', async () => {
    expect(await publishStatements({ actor, month: MONTH })).toEqual({ published: 1 });
    expect(await publishStatements({ actor, month: MONTH })).toEqual({ published: 0 });
    expect((await statement('C')).state).toBe('draft');
    expect(await summariseMonth({ month: MONTH })).toEqual({
      ...{ period: MONTH, doctors: 3, lines: 3, commission: 3_300_000n, tax: 300_000n, payable: 3_000_000n },
    });
  });
});

describe('the doctor of a link', () => {
  const linkOf = async (code: string) =>
    oneOf<{ id: string }>('SELECT id FROM statement_link WHERE statement_id = $1', [(await statement(code)).id]);
  const read = (linkId: string) =>
    readOwnStatement({ actor: { kind: 'doctor', id: idOf('A'), linkId, correlationId: 'own' }, visitor: visitor() });
  const moved = (table: string, id: string, parts: string) =>
    rowsPastGuards(`UPDATE ${table} SET ${parts} WHERE id = $1`, [id]);

  it('reads the own statement as it was sealed, with its seal and where it stands, and leaves an event', async () => {
    const { id, hash } = await statement('A');
    const link = await linkOf('A');
    const { content } = (await sealedStatement(id)) ?? {};
    const [moments] = await rowsOf<{ at: Date }>('SELECT published_at AS at FROM statement WHERE id = $1', [id]);
    const own = {
      ...content,
      ...{ id, state: 'published', documents: [], publishedAt: moments?.at.toISOString(), paidAt: null },
      seal: { hash, verifyUrl: `http://portal.test/verify/${hash}`, sealedAt: content?.issuedAt },
    };
    expect(await read(link.id)).toEqual(own);
    await moved('statement', id, `state = 'paid', paid_at = '2026-03-20T01:00Z', published_at = NULL`);
    expect(await read(link.id)).toEqual({
      ...own,
      state: 'paid',
      publishedAt: null,
      paidAt: '2026-03-20T01:00:00.000Z',
    });
    await moved('statement', id, `state = 'published', published_at = now()`);
    expect(await rowsOf('SELECT kind FROM link_event WHERE link_id = $1', [link.id])).toEqual([{ kind: 'viewed' }]);
  });

  it('reads nothing by a link that has ended, or where the statement is not in force', async () => {
    const { id } = await statement('A');
    const link = await linkOf('A');
    const closed = async (table: string, of: string, parts: string, back: string) => {
      await moved(table, of, parts);
      await expect(read(link.id), parts).rejects.toMatchObject(refused('not-found', 'not_found'));
      await moved(table, of, back);
      expect(await statementOfLink(link.id, String)).toMatchObject({ id });
    };
    await closed('statement_link', link.id, 'revoked_at = now()', 'revoked_at = NULL');
    await closed('statement_link', link.id, 'expires_at = now()', `expires_at = now() + interval '1 minute'`);
    for (const state of ['approved', 'superseded'])
      await closed('statement', id, `state = '${state}'`, `state = 'published'`);
    await expect(read(crypto.randomUUID())).rejects.toMatchObject(refused('not-found', 'not_found'));
  });
});

describe('the links of a month', () => {
  it('are those in force of published statements, by doctor', async () => {
    const [a, b] = [await statement('A'), await statement('B')];
    const shown = async () =>
      (await publishedLinks(MONTH)).map(({ doctor, linkId, rendered }) => [doctor, linkId, rendered]);
    const [ofA] = await rowsOf<{ id: string }>('SELECT id FROM statement_link WHERE statement_id = $1', [a.id]);
    const [ofB] = await rowsOf<{ id: string }>('SELECT id FROM statement_link WHERE statement_id = $1', [b.id]);
    await rowsPastGuards(
      `INSERT INTO document (kind, owner_id, language, version, storage_key, sha256, bytes) VALUES
         ('statement', $1, 'en', 1, 'd1', 's', 1), ('statement', $1, 'vi', 1, 'd2', 's', 1), ('statement', $1, 'vi', 2, 'd3', 's', 1),
         ('statement', $2, 'vi', 1, 'd4', 's', 1), ('statement', $2, 'vi', 2, 'd5', 's', 1), ('receipt', $2, 'en', 1, 'd6', 's', 1)`,
      [a.id, b.id],
    );
    expect(await shown()).toEqual([
      ['A', ofA?.id, true],
      ['B', ofB?.id, false],
    ]);
    expect((await statementOfLink(ofA?.id ?? '', String)).documents).toEqual(['vi', 'en']);
    expect((await openStatement({ actor, id: b.id })).documents).toEqual(['vi']);
    await rowsPastGuards(`UPDATE statement_link SET expires_at = now() WHERE id = $1`, [ofA?.id]);
    await rowsPastGuards(`UPDATE statement SET state = 'paid' WHERE id = $1`, [b.id]);
    expect(await shown()).toEqual([['B', ofB?.id, false]]);
    await rowsPastGuards(`UPDATE statement_link SET revoked_at = now() WHERE id = $1`, [ofB?.id]);
    expect(await shown()).toEqual([]);
    await rowsPastGuards(`UPDATE statement_link SET revoked_at = NULL, expires_at = now() + interval '1 day'`);
    await rowsPastGuards(`UPDATE statement SET state = 'approved' WHERE id = $1`, [b.id]);
    expect((await shown()).map(([doctor]) => doctor)).toEqual(['A']);
    await rowsPastGuards(`UPDATE statement SET state = 'published' WHERE id = $1`, [b.id]);
  });
});

describe('a seal', () => {
  const verified = (hash: string | null) => verifySeal({ hash: hash ?? '', addressHash: 'anybody' });

  it('says to anybody what was sealed, and nothing of the doctor', async () => {
    const { id, hash } = await statement('A');
    const { content } = (await sealedStatement(id)) ?? {};
    expect(await verified(hash)).toEqual({
      number: `${MONTH}-A`,
      month: MONTH,
      issuer: { vi: 'Phòng khám', en: 'Clinic' },
      sealedAt: content?.issuedAt,
      payable: '2700000',
      currency: 'VND',
      state: 'in-force',
      intact: true,
    });
    expect((await verified((await statement('B')).hash)).number).toBe(`${MONTH}-B`);
    await expect(verified('f'.repeat(64))).rejects.toMatchObject(refused('not-found', 'not_found'));
  });

  it.each([
    'payable = payable + 1, adjustments = adjustments + 1',
    'commission = commission + 1, adjustments = adjustments - 1',
    'tax = tax + 1, adjustments = adjustments + 1',
    `content_hash = repeat('e', 64)`,
  ])('is broken where the ledger says otherwise: %s', async (change) => {
    const { id, hash } = await statement('A');
    const [was] = await rowsOf<Record<string, unknown>>(
      'SELECT payable, commission, tax, adjustments FROM statement WHERE id = $1',
      [id],
    );
    await rowsPastGuards(`UPDATE statement SET ${change} WHERE id = $1`, [id]);
    expect((await verified(hash)).intact).toBe(false);
    await rowsPastGuards(
      'UPDATE statement SET payable = $2, commission = $3, tax = $4, adjustments = $5, content_hash = $6 WHERE id = $1',
      [id, was?.payable, was?.commission, was?.tax, was?.adjustments, hash],
    );
    expect((await verified(hash)).intact).toBe(true);
  });

  it('is broken where its content was altered, and says when another has taken its place', async () => {
    const { id, hash } = await statement('B');
    await rowsPastGuards(`UPDATE statement SET state = 'superseded' WHERE id = $1`, [id]);
    expect(await verified(hash)).toMatchObject({ state: 'superseded', intact: true });
    await rowsPastGuards(
      `UPDATE statement_snapshot SET content = jsonb_set(content, '{doctor,name}', '"BS. Khác"') WHERE statement_id = $1`,
      [id],
    );
    expect(await verified(hash)).toMatchObject({ state: 'superseded', intact: false });
  });
});
