import { sql, type Transaction } from './db';

/**
 * One file of master data at a time, until the transaction ends: what it is checked against (codes in another case, plans that there are,
 * packages that hold each other) holds until it is written. Nobody who sells waits for it.
 */
export async function loadInTurn(tx: Transaction): Promise<void> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended('master-data', 1001))`);
}
