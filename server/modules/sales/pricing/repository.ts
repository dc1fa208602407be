import type { Force } from '@/server/domain/day-gaps';
import { brokenConstraint, sql, type Transaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { splitScope } from './rules';
import type { VersionGiven } from './schema';

/** The card of a code, made where there is none. Throws `unknown_scope`, and `rate_card_scope_differs` for another scope. */
export async function saveCard(tx: Transaction, given: VersionGiven): Promise<string> {
  const { kind, code } = splitScope(given.scope);
  const targets = await tx.$queryRaw<{ branchId: string | null; customerId: string | null }[]>(sql`
    SELECT (SELECT id FROM branch WHERE ${kind} = 'branch' AND code = ${code}) AS "branchId",
      (SELECT id FROM customer WHERE ${kind} = 'customer' AND code = ${code}) AS "customerId"`);
  const { branchId = null, customerId = null } = targets[0] ?? {};
  const misses = (kind === 'branch' && !branchId) || (kind === 'customer' && !customerId);
  if (misses)
    throw new PortalError('invalid', 'unknown_scope', { params: { card: given.rate_card, scope: given.scope } });
  const tier = kind === 'tier' ? code : null;
  const rows = await tx.$queryRaw<{ id: string; same: boolean }[]>(sql`
    INSERT INTO rate_card (code, scope, branch_id, tier, customer_id, currency)
    VALUES (${given.rate_card}, ${kind}, ${branchId}::uuid, ${tier}, ${customerId}::uuid, ${given.currency})
    ON CONFLICT (code) DO UPDATE SET code = excluded.code
    RETURNING id, (scope, branch_id, tier, customer_id, currency::text) IS NOT DISTINCT FROM
      (${kind}, ${branchId}::uuid, ${tier}, ${customerId}::uuid, ${given.currency}::text) AS same`);
  const card = rows[0];
  if (!card?.same) throw new PortalError('conflict', 'rate_card_scope_differs', { params: { card: given.rate_card } });
  return card.id;
}

/** The currency of every price: the organisation's. */
export async function currencyOfOrganisation(tx: Transaction): Promise<string> {
  const rows = await tx.$queryRaw<{ currency: string }[]>(sql`SELECT currency::text FROM organisation WHERE id = 1`);
  return rows[0]?.currency ?? 'VND';
}

/** Writes a version with its items and publishes it. Throws `duplicate_service`, `rate_card_overlap`. */
export async function addPublishedVersion(
  tx: Transaction,
  cardId: string,
  given: VersionGiven,
  by: string | null,
): Promise<string> {
  const made = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO rate_card_version (rate_card_id, valid_from, valid_to)
    VALUES (${cardId}::uuid, ${given.valid_from}::date, ${given.valid_to}::date) RETURNING id`);
  const id = made[0]?.id;
  if (!id) throw new Error('a rate card version was not written');
  try {
    await tx.$executeRaw(sql`
      INSERT INTO rate_card_item (version_id, service_id, price)
      SELECT ${id}::uuid, s.id, r.price
      FROM jsonb_to_recordset(${JSON.stringify(given.items)}::jsonb) AS r (service_code text, price bigint)
      JOIN service s ON s.code = r.service_code`);
    await tx.$executeRaw(sql`
      UPDATE rate_card_version SET state = 'published', published_at = now(), published_by = ${by}::uuid WHERE id = ${id}::uuid`);
  } catch (error) {
    const constraint = brokenConstraint(error) ?? (error instanceof Error ? error.message : '');
    const params = { card: given.rate_card, from: given.valid_from };
    if (/service_id/.test(constraint)) throw new PortalError('invalid', 'duplicate_service', { params, cause: error });
    if (/daterange|excl|23P01/.test(constraint))
      throw new PortalError('conflict', 'rate_card_overlap', { params, cause: error });
    throw error;
  }
  return id;
}

/** What stands against a version of a sheet, and what its scope charges on the day it begins. */
export type VersionStanding = {
  targetKnown: boolean;
  /** Null where there is no such card yet. */
  cardFits: boolean | null;
  sameFrom: { validTo: string | null; prices: Record<string, string> } | null;
  overlaps: boolean;
  unknownServices: string[];
  inForce: Record<string, string>;
  /** By service: the price that another card of this scope gives from the same day on. */
  rivals: Record<string, { card: string; price: string }>;
};

/** Reads the standing of one version; prices as text of minor units by service code. */
export async function standingOf(tx: Transaction, given: VersionGiven): Promise<VersionStanding> {
  const { kind, code } = splitScope(given.scope);
  const codes = given.items.map((item) => item.service_code);
  const rows = await tx.$queryRaw<VersionStanding[]>(sql`
    WITH target AS (
      SELECT (SELECT id FROM branch WHERE ${kind} = 'branch' AND code = ${code}) AS branch_id,
        (SELECT id FROM customer WHERE ${kind} = 'customer' AND code = ${code}) AS customer_id,
        CASE WHEN ${kind} = 'tier' THEN ${code} END AS tier
    ),
    own AS (SELECT * FROM rate_card WHERE code = ${given.rate_card}),
    twin AS (
      SELECT v.* FROM rate_card_version v JOIN own c ON c.id = v.rate_card_id
      WHERE v.state = 'published' AND v.valid_from = ${given.valid_from}::date
    ),
    rival AS (
      SELECT DISTINCT ON (s.code) s.code, c.code AS card, i.price
      FROM rate_card c JOIN target t ON (c.scope, c.branch_id, c.tier, c.customer_id) IS NOT DISTINCT FROM (${kind}, t.branch_id, t.tier, t.customer_id)
      JOIN rate_card_version v ON v.rate_card_id = c.id AND v.state = 'published' AND v.valid_from = ${given.valid_from}::date
      JOIN rate_card_item i ON i.version_id = v.id JOIN service s ON s.id = i.service_id
      WHERE c.code <> ${given.rate_card} ORDER BY s.code, v.published_at DESC, v.id DESC
    ),
    forced AS (
      SELECT DISTINCT ON (i.service_id) s.code, i.price
      FROM rate_card c JOIN target t ON (c.scope, c.branch_id, c.tier, c.customer_id) IS NOT DISTINCT FROM (${kind}, t.branch_id, t.tier, t.customer_id)
      JOIN rate_card_version v ON v.rate_card_id = c.id AND v.state = 'published' AND v.valid_from <= ${given.valid_from}::date
        AND (v.valid_to IS NULL OR v.valid_to > ${given.valid_from}::date)
      JOIN rate_card_item i ON i.version_id = v.id JOIN service s ON s.id = i.service_id
      ORDER BY i.service_id, v.valid_from DESC, v.published_at DESC, v.id DESC
    )
    SELECT
      CASE ${kind} WHEN 'branch' THEN t.branch_id IS NOT NULL WHEN 'customer' THEN t.customer_id IS NOT NULL ELSE true END AS "targetKnown",
      (SELECT (o.scope, o.branch_id, o.tier, o.customer_id, o.currency::text)
        IS NOT DISTINCT FROM (${kind}, t.branch_id, t.tier, t.customer_id, ${given.currency}::text) FROM own o) AS "cardFits",
      (SELECT jsonb_build_object('validTo', w.valid_to, 'prices',
        (SELECT coalesce(jsonb_object_agg(s.code, i.price::text), '{}') FROM rate_card_item i JOIN service s ON s.id = i.service_id WHERE i.version_id = w.id))
        FROM twin w) AS "sameFrom",
      EXISTS (SELECT FROM rate_card_version v JOIN own o ON o.id = v.rate_card_id WHERE v.state = 'published'
        AND v.valid_from <> ${given.valid_from}::date
        AND daterange(v.valid_from, v.valid_to) && daterange(${given.valid_from}::date, ${given.valid_to}::date)) AS overlaps,
      ARRAY(SELECT DISTINCT g.code FROM unnest(${codes}::text[]) g (code) WHERE NOT EXISTS (SELECT FROM service s WHERE s.code = g.code)) AS "unknownServices",
      (SELECT coalesce(jsonb_object_agg(f.code, f.price::text), '{}') FROM forced f) AS "inForce",
      (SELECT coalesce(jsonb_object_agg(r.code, jsonb_build_object('card', r.card, 'price', r.price::text)), '{}') FROM rival r) AS rivals
    FROM target t`);
  const standing = rows[0];
  if (!standing) throw new Error('a version has no standing');
  return standing;
}

/** When each scope, as a sheet names it, has published prices; one entry a version. */
export async function forceOfScopes(tx: Transaction): Promise<(Force & { key: string })[]> {
  return tx.$queryRaw<(Force & { key: string })[]>(sql`
    SELECT CASE c.scope WHEN 'all' THEN 'all' ELSE c.scope || ':' || coalesce(b.code, k.code, c.tier) END AS key,
      v.valid_from::text, v.valid_to::text
    FROM rate_card c JOIN rate_card_version v ON v.rate_card_id = c.id AND v.state = 'published'
    LEFT JOIN branch b ON b.id = c.branch_id LEFT JOIN customer k ON k.id = c.customer_id`);
}

/** The codes of rate cards that are these but for the case of their letters. */
export async function cardCodesLike(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM rate_card WHERE lower(code) = ANY (SELECT lower(given) FROM unnest(${codes}::text[]) AS given) ORDER BY code`);
  return rows.map(({ code }) => code);
}

/** One publication at a time, until the transaction ends: what a sheet is checked against holds until it is written. */
export async function publishInTurn(tx: Transaction): Promise<void> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended('rate-cards', 1001))`);
}
