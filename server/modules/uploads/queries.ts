import { pool } from '@/server/platform/db';
import type { Known, KnownService } from './rules';
import type { RowError } from './schema';

/** All that rows are checked against. `zone` is the organisation's. */
export async function loadKnown(zone: string): Promise<Known> {
  type Coded = { code: string; id: string };
  const [branches, customers, doctors, services, now] = await Promise.all([
    pool().query<Coded>('SELECT code, id FROM branch WHERE active'),
    pool().query<Coded>('SELECT code, id FROM customer WHERE active'),
    pool().query<Coded>('SELECT code, id FROM doctor WHERE active'),
    pool().query<KnownService & { code: string }>(
      'SELECT code, active, sex, min_age AS "minAge", max_age AS "maxAge" FROM service',
    ),
    pool().query<{ now: string }>(`SELECT to_char(now() AT TIME ZONE $1, 'YYYY-MM-DD HH24:MI') AS now`, [zone]),
  ]);
  const byCode = ({ rows }: { rows: Coded[] }) => new Map(rows.map(({ code, id }) => [code, id]));
  return {
    branches: byCode(branches),
    customers: byCode(customers),
    doctors: byCode(doctors),
    services: new Map(services.rows.map(({ code, ...service }) => [code, service])),
    now: now.rows[0]?.now ?? '',
  };
}

/** Every wrong cell of an upload, by row and then as the sheet's columns stand. */
export async function listRowErrors(id: string): Promise<RowError[]> {
  const { rows } = await pool().query<RowError>(
    `SELECT e.row, e."column", e.code, e.params FROM upload_error e JOIN upload u ON u.id = e.upload_id
     WHERE e.upload_id = $1 ORDER BY e.row, (u.mapping ->> e."column")::int NULLS LAST, e."column"`,
    [id],
  );
  return rows;
}
