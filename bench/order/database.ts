// The same sale by the database alone: by our function, and as plain rows in one statement that knows everything before.
import pg from 'pg';

export const CLIENTS = 8;

/** Who sells what, by the ids that the rows hold. */
export type Sale = {
  actorId: string;
  branchId: string;
  shiftId: string;
  patientId: string;
  services: string[];
  serviceIds: string[];
  itemIds: string[];
  prices: string[];
  net: bigint;
};

const PLAIN = `
  WITH sold AS (
    INSERT INTO orders (id, number, branch_id, patient_id, tier, source, client_key, shift_id, terms, ordered_at, settled_at,
      list_total, discount_total, net_total, created_by)
    VALUES ($1, $2, $3, $4, 'standard', 'pos', $5, $6, 'immediate', now(), now(), $7::bigint, 0, $7::bigint, $8)
  ), lines AS (
    INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, net)
    SELECT $1, l.place, l.service, l.item, l.price, l.price
    FROM unnest($9::uuid[], $10::uuid[], $11::bigint[]) WITH ORDINALITY AS l (service, item, price, place)
  ), paid AS (
    INSERT INTO payment (id, order_id, shift_id, method, amount, tendered, taken_by) VALUES ($12, $1, $6, 'cash', $7::bigint, $7::bigint, $8)
  ), entered AS (
    INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount, payment_id, by)
    VALUES ($6, $12, 'sale', 'drawer', $7::bigint, $12, $8), ($6, $12, 'sale', 'sales', -$7::bigint, $12, $8)
  ), audited AS (
    INSERT INTO audit_entry (actor_kind, actor_id, action, entity, entity_id, branch_id, correlation_id, detail)
    VALUES ('user', $8::uuid::text, 'order.created', 'order', $1::uuid::text, $3, 'bench',
      '{"net": "450000", "lines": 3, "payments": 1, "terms": "immediate"}')
  )
  INSERT INTO outbox_event (name, data)
  SELECT name, jsonb_build_object('orderId', $1::uuid) FROM unnest(ARRAY['order/created', 'pos-order/paid']) AS name`;

const asText = (value: object) =>
  JSON.stringify(value, (_, field: unknown) => (typeof field === 'bigint' ? String(field) : field));

export async function plainly(client: pg.Client, sale: Sale): Promise<void> {
  const { branchId, patientId, shiftId, net, actorId, serviceIds, itemIds, prices } = sale;
  const [order, key, payment] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const parties = [order, `BENCH-${order}`, branchId, patientId, key, shiftId, String(net), actorId];
  await client.query({ name: 'plain', text: PLAIN, values: [...parties, serviceIds, itemIds, prices, payment] });
}

export async function byFunction(client: pg.Client, sale: Sale): Promise<void> {
  const { actorId, branchId, patientId, net } = sale;
  const cart = {
    ...{ clientKey: crypto.randomUUID(), actorId, branchId, patientId, actorRole: 'cashier', correlationId: 'bench' },
    ...{ terms: 'immediate', unpaid: false },
    services: sale.services.map((code) => ({ code, discountPercent: '0' })),
    payments: [{ method: 'cash', amount: net, tendered: net }],
  };
  await client.query({ name: 'sell', text: 'SELECT create_paid_order($1::jsonb)', values: [asText(cart)] });
}

/** What a cashier with an open shift would sell to a patient, as the database has it. */
export async function saleOf(
  pool: pg.Pool,
  given: { account: string; patientId: string; services: string[]; net: bigint },
): Promise<Sale> {
  const { rows } = await pool.query<Omit<Sale, 'patientId' | 'services' | 'net'>>(
    `SELECT u.id AS "actorId", u.branch_id AS "branchId", h.id AS "shiftId", l.*
     FROM app_user u JOIN shift h ON h.cashier_id = u.id AND h.state = 'open' CROSS JOIN LATERAL (
       SELECT array_agg(c.service_id) AS "serviceIds", array_agg(c.item_id) AS "itemIds", array_agg(c.list_price::text) AS prices
       FROM price_cart((SELECT jsonb_agg(jsonb_build_object('code', code)) FROM unnest($2::text[]) AS code), u.branch_id, NULL, $3,
         business_day(now())) c) l
     WHERE u.email = $1`,
    [given.account, given.services, given.patientId],
  );
  if (!rows[0]) throw new Error('no open shift');
  return { ...rows[0], ...given };
}

/** How many times a second eight clients do `work`, each beginning again as soon as it is done. */
async function rateOf(
  clients: pg.Client[],
  seconds: number,
  work: (client: pg.Client) => Promise<void>,
): Promise<number> {
  const begin = performance.now();
  const end = begin + seconds * 1000;
  let done = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        await work(client);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - begin) / 1000);
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Sales a second of both ways, in turns, so that whatever else goes on slows both. */
export async function measureDatabase(
  url: string,
  sale: Sale,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<{ plain: number; byFunction: number }> {
  const clients = Array.from({ length: CLIENTS }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const [plain, functional]: [number[], number[]] = [[], []];
  try {
    for (let round = -1; round < rounds; round += 1) {
      const rates = [
        await rateOf(clients, seconds, (client) => plainly(client, sale)),
        await rateOf(clients, seconds, (client) => byFunction(client, sale)),
      ];
      if (round < 0) continue; // plans and caches
      plain.push(rates[0] ?? 0);
      functional.push(rates[1] ?? 0);
    }
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  return { plain: median(plain), byFunction: median(functional) };
}
