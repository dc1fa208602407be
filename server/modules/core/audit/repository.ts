import { oneRow, pool, sql, type Transaction } from '@/server/platform/db';
import type { Seal, SealedText, StoredSeal } from './rules';

const LOCK = 'audit_chain';

/** Takes the chain for as long as the transaction lasts: one sealer at a time. False where somebody else has it and `wait` is not asked. */
export async function lockChain(tx: Transaction, wait: boolean): Promise<boolean> {
  // It stands by while other connections read and write, for as long as the trail is long.
  await tx.$executeRaw(sql`SELECT set_config('idle_in_transaction_session_timeout', '0', true)`);
  if (wait) {
    await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtext(${LOCK}))`);
    return true;
  }
  const rows = await tx.$queryRaw<{ mine: boolean }[]>(
    sql`SELECT pg_try_advisory_xact_lock(hashtext(${LOCK})) AS mine`,
  );
  return oneRow(rows).mine;
}

/** The seal at a position, or the chain's last one; null where there is none. */
export async function findSeal(position: bigint | 'last'): Promise<{ position: bigint; hash: Buffer } | null> {
  const { rows } = await pool().query<{ position: string; hash: Buffer }>(
    position === 'last'
      ? 'SELECT position, hash FROM audit_seal ORDER BY position DESC LIMIT 1'
      : { text: 'SELECT position, hash FROM audit_seal WHERE position = $1', values: [position] },
  );
  const seal = rows[0];
  return seal ? { position: BigInt(seal.position), hash: seal.hash } : null;
}

const ENTRY = `e.id, (extract(epoch FROM e.at) * 1000000)::bigint::text AS at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.action,
  e.entity, e.entity_id AS "entityId", e.branch_id AS "branchId", e.correlation_id AS "correlationId", e.detail::text AS detail`;

/** Where a look at the entries goes on: behind this moment and id. Null is the beginning. */
export type EntryPlace = { moment: string; id: string } | null;

/** The next entries behind a place, oldest first, each with whether it is sealed. A page costs the same however long the trail is. */
export async function pageOfEntries(
  behind: EntryPlace,
  limit: number,
): Promise<(SealedText & { moment: string; sealed: boolean })[]> {
  const { rows } = await pool().query<SealedText & { moment: string; sealed: boolean }>(
    `WITH page AS MATERIALIZED (
       SELECT ${ENTRY}, e.at::text AS moment FROM audit_entry e
       WHERE (e.at, e.id) > (coalesce($1, '-infinity')::timestamptz, coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid)
       ORDER BY e.at, e.id LIMIT $3
     )
     SELECT p.*, EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = p.id OFFSET 0) AS sealed FROM page p`,
    [behind?.moment, behind?.id, limit],
  );
  return rows;
}

/** When the oldest transaction began that is open in this database; now where none is. An entry bears the moment of its transaction's beginning. */
export async function oldestOpenTransaction(): Promise<Date> {
  const { rows } = await pool().query<{ begun: Date }>(
    'SELECT least(now(), min(xact_start)) AS begun FROM pg_stat_activity WHERE datname = current_database()',
  );
  return oneRow(rows).begun;
}

/** When the entry was written that was sealed last; null where none is. */
export async function lastSealedAt(): Promise<Date | null> {
  const { rows } = await pool().query<{ at: Date }>(
    'SELECT e.at FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.position DESC LIMIT 1',
  );
  return rows[0]?.at ?? null;
}

/** Appends seals behind `after`, which must be the chain's end. */
export async function appendSeals(after: bigint, seals: readonly Seal[], keyId: string): Promise<void> {
  await pool().query('SELECT audit_append_seals($1, $2, $3, $4, $5)', [
    after,
    seals.map(({ entryId }) => entryId),
    seals.map(({ entryHash }) => entryHash),
    seals.map(({ hash }) => hash),
    keyId,
  ]);
}

/** Whether behind `after` an entry stands in the chain that is older by `longestMs` than one before it. */
export async function hasBackdated(after: bigint, longestMs: number): Promise<boolean> {
  const { rows } = await pool().query<{ found: boolean }>(
    `SELECT EXISTS (
       SELECT FROM (
         SELECT s.position, e.at, max(e.at) OVER (ORDER BY s.position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
         FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id
       ) c WHERE c.position > $1 AND c.at < c.latest - make_interval(secs => $2::float / 1000)
     ) AS found`,
    [after, longestMs],
  );
  return oneRow(rows).found;
}

export async function countEntries(): Promise<{ entries: bigint; sealed: bigint }> {
  const { rows } = await pool().query<{ entries: string; sealed: string }>(
    'SELECT (SELECT count(*) FROM audit_entry) AS entries, (SELECT count(*) FROM audit_seal) AS sealed',
  );
  const { entries, sealed } = oneRow(rows);
  return { entries: BigInt(entries), sealed: BigInt(sealed) };
}

type FlatSeal = Omit<StoredSeal, 'position' | 'entry'> & { position: string; id: string | null } & Omit<
    SealedText,
    'id'
  >;

/** The places of the chain behind `after`, in their order. */
export async function sealsBehind(after: bigint, limit: number): Promise<StoredSeal[]> {
  const { rows } = await pool().query<FlatSeal>(
    `SELECT s.position, s.entry_id AS "entryId", s.entry_hash AS "entryHash", s.hash, s.key_id AS "keyId", ${ENTRY}
     FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id WHERE s.position > $1 ORDER BY s.position LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ position, entryId, entryHash, hash, keyId, id, ...entry }) => ({
    position: BigInt(position),
    entryId,
    entryHash,
    hash,
    keyId,
    entry: id === null ? null : { id, ...entry },
  }));
}

/** Which of these entries are sealed, and which are not there at all. */
export async function lookForEntries(ids: readonly string[]): Promise<{ unsealed: string[]; missing: string[] }> {
  const { rows } = await pool().query<{ id: string; there: boolean }>(
    `SELECT w.id, EXISTS (SELECT FROM audit_entry e WHERE e.id = w.id) AS there
     FROM unnest($1::uuid[]) w (id) WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = w.id)`,
    [ids],
  );
  return {
    unsealed: rows.filter(({ there }) => there).map(({ id }) => id),
    missing: rows.filter(({ there }) => !there).map(({ id }) => id),
  };
}
