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

/** Whether a version of this validity is published already, and whether it says exactly what is given. */
export async function findPublished(
  tx: Transaction,
  cardId: string,
  given: VersionGiven,
): Promise<'none' | 'same' | 'differs'> {
  const rows = await tx.$queryRaw<{ same: boolean }[]>(sql`
    WITH version AS (
      SELECT id FROM rate_card_version
      WHERE rate_card_id = ${cardId}::uuid AND state = 'published' AND valid_from = ${given.valid_from}::date
        AND valid_to IS NOT DISTINCT FROM ${given.valid_to}::date),
    there AS (SELECT s.code, i.price FROM rate_card_item i JOIN service s ON s.id = i.service_id WHERE i.version_id IN (SELECT id FROM version)),
    sheet AS (SELECT service_code AS code, price FROM jsonb_to_recordset(${JSON.stringify(given.items)}::jsonb) AS r (service_code text, price bigint))
    SELECT NOT EXISTS ((TABLE there EXCEPT TABLE sheet) UNION ALL (TABLE sheet EXCEPT TABLE there)) AS same FROM version`);
  if (!rows[0]) return 'none';
  return rows[0].same ? 'same' : 'differs';
}

export async function findUnknownService(tx: Transaction, codes: string[]): Promise<string | null> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM unnest(${codes}::text[]) AS given (code)
    WHERE NOT EXISTS (SELECT FROM service s WHERE s.code = given.code) LIMIT 1`);
  return rows[0]?.code ?? null;
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
