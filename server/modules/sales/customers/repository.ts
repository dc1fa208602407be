import type { Kept } from '@/server/domain/emptied-cells';
import { sql, type Transaction } from '@/server/platform/db';
import type { CustomerRow } from './schema';

/** Adds customers or brings them up to date by code, in one order, so that two who do never wait in a circle; answers how many really changed. */
export const saveCustomers = (tx: Transaction, rows: CustomerRow[]): Promise<number> =>
  tx.$executeRaw(sql`
    INSERT INTO customer AS c (code, name, tier, tax_code, email, phone)
    SELECT r.code, r.name, r.tier, r.tax_code, r.email, r.phone
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (code text, name text, tier text, tax_code text, email text, phone text)
    ORDER BY r.code
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, tier = excluded.tier, tax_code = excluded.tax_code,
      email = excluded.email, phone = excluded.phone
    WHERE (c.name, c.tier, c.tax_code, c.email, c.phone)
      IS DISTINCT FROM (excluded.name, excluded.tier, excluded.tax_code, excluded.email, excluded.phone)`);

/** The codes of customers that are these but for the case of their letters. */
export async function customerCodesLike(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM customer WHERE lower(code) = ANY (SELECT lower(given) FROM unnest(${codes}::text[]) AS given) ORDER BY code`);
  return rows.map(({ code }) => code);
}

/** What is kept of these customers, by the columns of their file. */
export const keptCustomers = (tx: Transaction, codes: string[]): Promise<Kept[]> =>
  tx.$queryRaw<Kept[]>(sql`
    SELECT code, name, tier, tax_code, email, phone FROM customer WHERE code = ANY (${codes}::text[])`);
