import { draftStatements } from '@/server/modules/referral/statements/public/draft-statements';
import { startStatementBatch } from '@/server/modules/referral/statements/public/start-statement-batch';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { systemActor } from '@/server/platform/actor';
import { ownerPool as pool, rowsOf } from './database';

export type Chunk = { chunk: number; doctorIds: string[] };

const actor = systemActor('test');

/** A month's run, begun: its chunks wait to be drafted. */
export async function beginRun(month: string): Promise<{ runId: string; periodId: string; chunks: Chunk[] }> {
  const { runId, periodId } = await requestStatementRun({ actor, month });
  await startStatementBatch({ actor, runId, periodId });
  const events = await rowsOf<{ data: Chunk }>(
    `SELECT data FROM outbox_event WHERE name = 'statement/generation.requested' AND data ->> 'runId' = $1 ORDER BY id`,
    [runId],
  );
  return { runId, periodId, chunks: events.map(({ data: { chunk, doctorIds } }) => ({ chunk, doctorIds })) };
}

/** The drafts of a month, as the two functions make them. Answers the run. */
export async function draftMonth(month: string): Promise<string> {
  const { runId, periodId, chunks } = await beginRun(month);
  for (const part of chunks) await draftStatements({ actor, runId, periodId, ...part });
  return runId;
}

export type RuleGiven = {
  from: string;
  to?: string | null;
  category?: string;
  service?: string;
  kind?: 'percent' | 'fixed';
  value: string;
  band?: bigint;
  cap?: bigint | null;
};

export type LineGiven = { service: string; net: bigint };

let running = 0;

const one = async (text: string, values: unknown[]): Promise<string> => {
  const { rows } = await pool().query<{ id: string }>(text, values);
  return rows[0]?.id ?? '';
};

/** The least of a business that statements need, written straight into its tables. Codes are category-number: `imaging-1`. */
export async function makeStatementFixture(services: readonly string[]) {
  await pool().query(
    "INSERT INTO organisation (name_vi, name_en) VALUES ('Phòng khám', 'Clinic') ON CONFLICT DO NOTHING",
  );
  const branch = await one("INSERT INTO branch (code, name_vi, name_en) VALUES ('B1', 'Một', 'One') RETURNING id", []);
  const patient = await one(
    `INSERT INTO patient (code, full_name, name_key, dob, sex, phone)
     VALUES ('P1', 'Lê Thanh Mai', search_key('Lê Thanh Mai'), '1990-01-01', 'female', '+84343180949') RETURNING id`,
    [],
  );
  const card = await one("INSERT INTO rate_card (code, scope) VALUES ('BASE', 'all') RETURNING id", []);
  const version = await one(
    "INSERT INTO rate_card_version (rate_card_id, valid_from) VALUES ($1, '2020-01-01') RETURNING id",
    [card],
  );
  const items = new Map<string, { service: string; item: string }>();
  for (const code of services) {
    const service = await one(
      `INSERT INTO service (code, name_vi, name_en, kind, category) VALUES ($1, $2, $3, 'test', $4) RETURNING id`,
      [code, `Dịch vụ ${code}`, `Service ${code}`, code.replace(/-\d+$/, '')],
    );
    const item = await one(
      'INSERT INTO rate_card_item (version_id, service_id, price) VALUES ($1, $2, 100000) RETURNING id',
      [version, service],
    );
    items.set(code, { service, item });
  }
  return { branch, patient, items };
}

export type StatementFixture = Awaited<ReturnType<typeof makeStatementFixture>>;

export async function addPlan(fixture: StatementFixture, code: string, rules: readonly RuleGiven[]): Promise<string> {
  const plan = await one('INSERT INTO commission_plan (code) VALUES ($1) RETURNING id', [code]);
  for (const rule of rules)
    await pool().query(
      `INSERT INTO commission_rule (plan_id, valid_from, valid_to, category, service_id, kind, value, band_from, cap_per_line)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        plan,
        rule.from,
        rule.to ?? null,
        rule.category ?? '*',
        rule.service ? fixture.items.get(rule.service)?.service : null,
        rule.kind ?? 'percent',
        rule.value,
        (rule.band ?? 0n).toString(),
        rule.cap?.toString() ?? null,
      ],
    );
  return plan;
}

export const addDoctor = (code: string, plan: string | null, taxRate = 10): Promise<string> =>
  one(
    `INSERT INTO doctor (code, name, phone, email, plan_id, tax_rate) VALUES ($1, $2, '+84912345678', 'd@example.com', $3, $4)
     RETURNING id`,
    [code, `BS. ${code}`, plan, taxRate],
  );

export type OrderGiven = { doctor: string | null; settledAt: string | null; lines: readonly LineGiven[]; ref?: string };

/** Orders with their lines, in two round trips; `settledAt` null is one that was never paid. Answers them as they were given. */
export async function addOrders(
  fixture: StatementFixture,
  given: readonly OrderGiven[],
): Promise<{ id: string; lines: string[] }[]> {
  const named = given.map((order) => {
    running += 1;
    const number = `B1-${String(running).padStart(6, '0')}`;
    return { ...order, number, total: order.lines.reduce((sum, { net }) => sum + net, 0n).toString() };
  });
  const heads = named.map(({ lines: _, ...head }) => ({ ...head, ref: head.ref ?? head.number }));
  const lines = named.flatMap(({ number, lines: sold }) =>
    sold.map(({ service, net }, at) => ({
      number,
      position: at + 1,
      net: net.toString(),
      ...fixture.items.get(service),
    })),
  );
  await pool().query(
    `INSERT INTO orders (number, branch_id, patient_id, doctor_id, source, external_ref, terms, ordered_at, settled_at, list_total,
       discount_total, net_total)
     SELECT o.number, $1, $2, o.doctor, 'upload', o.ref, 'immediate', coalesce(o."settledAt", now()), o."settledAt", o.total, 0, o.total
     FROM jsonb_to_recordset($3) AS o (number text, doctor uuid, ref text, "settledAt" timestamptz, total bigint)`,
    [fixture.branch, fixture.patient, JSON.stringify(heads)],
  );
  const { rows } = await pool().query<{ number: string; order: string; id: string }>(
    `INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, net)
     SELECT o.id, l.position, l.service, l.item, l.net, l.net
     FROM jsonb_to_recordset($1) AS l (number text, position int, net bigint, service uuid, item uuid) JOIN orders o ON o.number = l.number ORDER BY l.number, l.position
     RETURNING id, order_id AS "order", (SELECT number FROM orders WHERE orders.id = order_id) AS number`,
    [JSON.stringify(lines)],
  );
  return named.map(({ number }) => {
    const own = rows.filter((row) => row.number === number);
    return { id: own[0]?.order ?? '', lines: own.map(({ id }) => id) };
  });
}

export async function addOrder(fixture: StatementFixture, given: OrderGiven): Promise<{ id: string; lines: string[] }> {
  const [added] = await addOrders(fixture, [given]);
  return added ?? { id: '', lines: [] };
}

export async function addRefund(orderId: string, refundedAt: string, lines: readonly string[]): Promise<void> {
  const refund = await one(
    "INSERT INTO refund (order_id, reason, refunded_at) VALUES ($1, 'not done', $2) RETURNING id",
    [orderId, refundedAt],
  );
  await pool().query(
    `INSERT INTO refund_line (refund_id, order_line_id, net) SELECT $1, id, -net FROM order_line WHERE id = ANY ($2)`,
    [refund, lines],
  );
}
