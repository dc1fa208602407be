import type { StaffActor } from '@/server/platform/actor';
import { db, type Sql, sql } from '@/server/platform/db';
import { likeliest } from '@/server/platform/search';
import type { PayerRow, PriceReason, QuotedLine, QuoteInput, ReferrerRow, Sellable } from '../schema';

type FlatReason = {
  rateCard: string | null;
  scope: PriceReason['scope'] | null;
  validFrom: string | null;
  validTo: string | null;
};

const reasonOf = ({ rateCard, scope, validFrom, validTo }: FlatReason): PriceReason | null =>
  rateCard && scope && validFrom ? { rateCard, scope, validFrom, validTo } : null;

/**
 * Every service that may be sold, with today's price at the actor's branch for a customer (or for who pays at the counter), and
 * the reason of the price. `price_in_force` is the one calculation; the till shows from this list at once and asks `quoteCart` after.
 */
export async function sellableServices({
  actor,
  customerId,
}: {
  actor: StaffActor;
  customerId?: string | null | undefined;
}): Promise<Sellable[]> {
  const rows = await db().$queryRaw<(Omit<Sellable, 'reason'> & FlatReason)[]>(sql`
    SELECT s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", s.kind, s.category, s.sex, s.min_age AS "minAge", s.max_age AS "maxAge",
      f.price, f.currency, f.rate_card AS "rateCard", f.scope,
      to_char(f.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(f.valid_to, 'YYYY-MM-DD') AS "validTo",
      ARRAY(SELECT k.code FROM service_component sc JOIN service k ON k.id = sc.component_id WHERE sc.package_id = s.id ORDER BY sc.position) AS components
    FROM service s
    LEFT JOIN customer payer ON payer.id = ${customerId ?? null}::uuid
    LEFT JOIN LATERAL price_in_force(s.id, ${actor.branchId}::uuid, payer.id, coalesce(payer.tier, 'standard'), business_day(now())) f ON true
    WHERE s.active ORDER BY s.code`);
  return rows.map(({ rateCard, scope, validFrom, validTo, ...service }) => ({
    ...service,
    reason: reasonOf({ rateCard, scope, validFrom, validTo }),
  }));
}

/** A cart as `create_paid_order` would price and judge it now: the same `price_cart`, nothing written. */
export async function quoteCart({ actor, cart }: { actor: StaffActor; cart: QuoteInput }): Promise<QuotedLine[]> {
  const services = JSON.stringify(cart.services);
  const rows = await db().$queryRaw<(Omit<QuotedLine, 'reason'> & FlatReason)[]>(sql`
    SELECT l.code, l.name_vi AS "nameVi", l.name_en AS "nameEn", l.kind, l.category, l.list_price AS "listPrice", l.currency,
      trim_scale(l.discount_percent)::text AS "discountPercent", l.discount, l.net, l.problem,
      l.rate_card AS "rateCard", l.scope, to_char(l.valid_from, 'YYYY-MM-DD') AS "validFrom", to_char(l.valid_to, 'YYYY-MM-DD') AS "validTo",
      (SELECT k.code FROM service_component sc JOIN service k ON k.id = sc.package_id
        WHERE sc.component_id = l.service_id
          AND k.code IN (SELECT e ->> 'code' FROM jsonb_array_elements(${services}::jsonb) e) ORDER BY k.code LIMIT 1) AS "includedIn"
    FROM price_cart(${services}::jsonb, ${actor.branchId}::uuid, ${cart.customerId ?? null}::uuid, ${cart.patientId ?? null}::uuid,
      business_day(now())) l ORDER BY l.position`);
  return rows.map(({ rateCard, scope, validFrom, validTo, ...line }) => ({
    ...line,
    reason: reasonOf({ rateCard, scope, validFrom, validTo }),
  }));
}

/** Customers to bill, and doctors who refer, as they are typed. */
export async function findPayers({ search }: { search: string }): Promise<PayerRow[]> {
  return db().$queryRaw<PayerRow[]>(sql`
    SELECT id, code, name, tier FROM customer WHERE active AND ${await likeliestOf('customer', search)} ORDER BY name, id LIMIT 10`);
}

export async function findReferrers({ search }: { search: string }): Promise<ReferrerRow[]> {
  return db().$queryRaw<ReferrerRow[]>(sql`
    SELECT id, code, name FROM doctor WHERE active AND ${await likeliestOf('doctor', search)} ORDER BY name, id LIMIT 10`);
}

// More than are shown: some of them may have been closed.
const ENOUGH = 50;

const likeliestOf = async (table: 'customer' | 'doctor', search: string): Promise<Sql> =>
  search === '' ? sql`true` : sql`id = ANY (${await likeliest(table, search, ENOUGH)}::uuid[])`;
