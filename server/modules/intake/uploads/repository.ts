import type pg from 'pg';
import type { CellProblem } from '@/server/domain/problems';
import type { Tier } from '@/server/domain/tier';
import { db, pool, sql, type Transaction } from '@/server/platform/db';
import { CopyLane } from '@/server/platform/db/copy-lane';
import { arrayText, storable } from '@/server/platform/db/copy-text';
import { notify, notifyAfterCommit } from '@/server/platform/notify';
import type { CheckedRow, RowRange } from './rules';
import type { HeaderFacts, Mapping, RowWarningCode, UploadState } from './schema';

/** An upload as use cases work with it. */
export type StoredUpload = {
  id: string;
  kind: 'orders' | 'rate-cards';
  fileName: string;
  storageKey: string;
  state: UploadState;
  tier: Tier;
  allOrNothing: boolean;
  mapping: Mapping | null;
  header: HeaderFacts;
  rows: number;
  valid: number;
  invalid: number;
  lines: number;
  netTotal: bigint;
  currency: string;
  patientsNew: number;
  written: number;
  createdBy: string | null;
  committedAt: Date | null;
};

const UPLOAD = sql`id, kind, file_name AS "fileName", storage_key AS "storageKey", state, tier, all_or_nothing AS "allOrNothing", mapping,
  header, rows, valid, invalid, lines, net_total AS "netTotal", currency, patients_new AS "patientsNew", written,
  created_by AS "createdBy", committed_at AS "committedAt"`;

export async function findUpload(id: string): Promise<StoredUpload | null> {
  const rows = await db().$queryRaw<StoredUpload[]>(sql`SELECT ${UPLOAD} FROM upload WHERE id = ${id}::uuid`);
  return rows[0] ?? null;
}

/** The upload, locked until the transaction ends. */
export async function lockUpload(tx: Transaction, id: string): Promise<StoredUpload | null> {
  const rows = await tx.$queryRaw<StoredUpload[]>(
    sql`SELECT ${UPLOAD} FROM upload WHERE id = ${id}::uuid FOR NO KEY UPDATE`,
  );
  return rows[0] ?? null;
}

export async function insertUpload(
  tx: Transaction,
  upload: Pick<StoredUpload, 'kind' | 'fileName' | 'storageKey' | 'mapping' | 'header' | 'createdBy'> & {
    sha256: string;
    bytes: number;
    currency: string;
  },
): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, mapping, header, currency, created_by)
    VALUES (${upload.kind}, ${upload.fileName}, ${upload.storageKey}, ${upload.sha256}, ${upload.bytes},
      ${upload.mapping && JSON.stringify(upload.mapping)}::jsonb, ${JSON.stringify(upload.header)}::jsonb, ${upload.currency},
      ${upload.createdBy}::uuid)
    RETURNING id`);
  return rows[0]?.id ?? '';
}

export async function saveMapping(tx: Transaction, id: string, mapping: Mapping): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE upload SET mapping = ${JSON.stringify(mapping)}::jsonb, state = 'received', failure = NULL, rows = 0, valid = 0, invalid = 0,
      lines = 0, net_total = 0, patients_new = 0, checked_at = NULL
    WHERE id = ${id}::uuid`);
}

/** Moves an upload on; `failure` says why where it did not go well. Notifies those who watch. */
export async function moveUpload(
  tx: Transaction,
  id: string,
  state: UploadState,
  failure: { code: string; params: Record<string, string | number> } | null = null,
): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE upload SET state = ${state}, state_at = now(), failure = ${failure && JSON.stringify(failure)}::jsonb,
      rows = CASE WHEN ${state} = 'checking' THEN 0 ELSE rows END
    WHERE id = ${id}::uuid`);
  notifyAfterCommit(tx, 'progress', id);
}

export async function beginWriting(tx: Transaction, id: string, allOrNothing: boolean): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE upload SET all_or_nothing = ${allOrNothing}, committed_at = coalesce(committed_at, now()), finished_at = NULL
    WHERE id = ${id}::uuid`);
}

/** Says how far a reading has come; outside of any transaction, so that it is seen at once. */
export async function reportRowsRead(id: string, rows: number): Promise<void> {
  await pool().query(`UPDATE upload SET rows = $2, state_at = now() WHERE id = $1 AND state = 'checking'`, [id, rows]);
  notify('progress', id);
}

/** Keeps others from reading the sheet of an upload until the transaction ends; false where somebody is reading it. */
export async function claimReading(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ mine: boolean }[]>(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${id}, 1000)) AS mine`,
  );
  return rows[0]?.mine === true;
}

/** As `claimReading`, after whoever is reading it. Never with the upload locked: a reading that begins waits for that. */
export async function awaitReading(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 1000))`);
}

/** Checks what only the database knows, and writes down the sums; the upload is then `checked`. Its reading is claimed. */
export async function checkStagedRows(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw(sql`
    WITH sums AS (SELECT * FROM check_upload_rows(${id}::uuid))
    UPDATE upload u SET rows = s.valid + s.invalid, valid = s.valid, invalid = s.invalid, lines = s.lines, net_total = s.net_total,
      patients_new = s.patients_new, tier = s.tier, state = 'checked', checked_at = now(), failure = NULL
    FROM sums s WHERE u.id = ${id}::uuid`);
}

/** Marks ready rows that are odd beside the other rows of the sheet, or beside what is stored. */
export async function markOddRows(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw(sql`SELECT mark_odd_upload_rows(${id}::uuid)`);
}

/** What a sheet of rate cards came to. */
export async function countUpload(
  tx: Transaction,
  id: string,
  { rows, valid, invalid }: { rows: number; valid: number; invalid: number },
  state: UploadState,
): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE upload SET rows = ${rows}, valid = ${valid}, invalid = ${invalid}, state = ${state}, checked_at = now(),
      finished_at = CASE WHEN ${state} = 'committed' THEN now() END WHERE id = ${id}::uuid`);
}

export type WrittenChunk = { orderIds: string[]; patientsNew: number; dropped: number };

/** Opens the order numbers of a chunk's days, so that other numberings of orders do not wait for the chunk. */
export async function openNumbers({ id, from, to }: RowRange & { id: string }): Promise<void> {
  await db().$executeRaw(sql`SELECT open_upload_numbers(${id}::uuid, ${from}, ${to})`);
}

/** Writes the rows `from`..`to` once; null where that has been done, or the upload is not being written. */
export async function writeChunk(
  tx: Transaction,
  { id, from, to, by }: RowRange & { id: string; by: string | null },
): Promise<WrittenChunk | null> {
  const rows = await tx.$queryRaw<WrittenChunk[]>(sql`
    SELECT order_ids AS "orderIds", patients_new AS "patientsNew", dropped
    FROM write_upload_chunk(${id}::uuid, ${from}, ${to}, ${by}::uuid)`);
  notifyAfterCommit(tx, 'outbox');
  notifyAfterCommit(tx, 'progress', id);
  return rows[0] ?? null;
}

/** Ends the writing with the sums of what was written; false where rows are still waiting. */
export async function endWriting(tx: Transaction, id: string): Promise<boolean> {
  const ended = await tx.$executeRaw(sql`
    UPDATE upload u SET state = 'committed', finished_at = now(), failure = NULL, net_total = s.net_total, lines = s.lines
    FROM (
      SELECT coalesce(sum(o.net_total), 0) AS net_total, coalesce(sum(l.lines), 0) AS lines
      FROM orders o CROSS JOIN LATERAL (SELECT count(*) AS lines FROM order_line l WHERE l.order_id = o.id) l
      WHERE o.upload_id = ${id}::uuid
    ) s
    WHERE u.id = ${id}::uuid AND u.state = 'committing' AND u.written = u.valid`);
  return ended === 1;
}

const COPY_ROWS = `COPY upload_row (upload_id, row, cells, valid, external_ref, branch_id, ordered_at, name, dob, sex, phone, customer_id,
  doctor_id, service_codes, discount, payment, note, warning) FROM STDIN`;
const COPY_ERRORS = 'COPY upload_error (upload_id, row, "column", code, params) FROM STDIN';
const ANALYZE_ROWS = 'ANALYZE upload_row (upload_id, row, valid, branch_id, customer_id, external_ref, service_codes)';
export type Staging = {
  /** `problems` become errors; a row without any is valid. */
  add(row: number, cells: (string | null)[], checked: CheckedRow, warning: RowWarningCode | null): void;
  /** Says of a row that was added what only the whole sheet shows; of a cell that has no other error. */
  refuse(problem: CellProblem): void;
  /** Waits where the database is slower than the sheet. */
  flush(): Promise<void>;
  commit(): Promise<void>;
  abandon(): void;
};

/**
 * Opens the staging of an upload: what was staged before goes, what is added comes, both at `commit`. Null where another check
 * of the same upload is under way.
 */
export async function openStaging(id: string, zone: string): Promise<Staging | null> {
  const rowsClient = await pool().connect();
  let errorsClient: pg.PoolClient | undefined;
  try {
    await rowsClient.query('BEGIN');
    await rowsClient.query(`SELECT set_config('TimeZone', $1, true)`, [zone]);
    const { rows } = await rowsClient.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 1000)) AS mine',
      [id],
    );
    if (!rows[0]?.mine) {
      await rowsClient.query('ROLLBACK');
      rowsClient.release();
      return null;
    }
    errorsClient = await pool().connect();
    await errorsClient.query('BEGIN');
    await rowsClient.query('DELETE FROM upload_row WHERE upload_id = $1', [id]);
    await errorsClient.query('DELETE FROM upload_error WHERE upload_id = $1', [id]);
  } catch (error) {
    rowsClient.release(true);
    errorsClient?.release(true);
    throw error;
  }
  return stagingOver(id, new CopyLane(rowsClient, COPY_ROWS), new CopyLane(errorsClient, COPY_ERRORS));
}

function stagingOver(id: string, rows: CopyLane, errors: CopyLane): Staging {
  return {
    add(row, cells, checked, warning) {
      rows.add([
        id,
        String(row),
        JSON.stringify(cells.map((cell) => cell && storable(cell))),
        checked.problems.length === 0 ? 't' : 'f',
        checked.externalRef,
        checked.branchId,
        checked.orderedAt,
        checked.name,
        checked.dob,
        checked.sex,
        checked.phone,
        checked.customerId,
        checked.doctorId,
        arrayText(checked.serviceCodes),
        checked.discount,
        checked.payment,
        checked.note,
        warning,
      ]);
      for (const { column, code, params } of checked.problems) {
        errors.add([id, String(row), column, code, JSON.stringify(params ?? {})]);
      }
    },
    refuse({ row, column, code, params }) {
      errors.add([id, String(row), column, code, JSON.stringify(params)]);
    },
    flush: async () => void (await Promise.all([rows.flush(), errors.flush()])),
    commit: async () => {
      await errors.commit();
      // The planner must know of a hundred thousand fresh rows before it joins them.
      await rows.commit(ANALYZE_ROWS);
    },
    abandon: () => {
      for (const lane of [rows, errors]) lane.abandon();
    },
  };
}
