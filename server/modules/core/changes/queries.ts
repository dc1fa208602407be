import { pool } from '@/server/platform/db';
import type { TrailedChange } from './schema';

const AT_ONCE = 2_000;

const NONE = '00000000-0000-0000-0000-000000000000';

/** The newest entry of the trail; their ids follow the time. */
export async function newestChange(): Promise<string> {
  const { rows } = await pool().query<{ id: string }>('SELECT id FROM audit_entry ORDER BY id DESC LIMIT 1');
  return rows[0]?.id ?? NONE;
}

/** What changed behind an entry of the trail, the newest 2,000; readings change nothing. */
export async function changesAfter(id: string): Promise<TrailedChange[]> {
  const { rows } = await pool().query<TrailedChange>({
    name: 'changes-after',
    text: `SELECT id, entity, branch_id AS "branchId" FROM audit_entry
      WHERE id > $1::uuid AND action NOT LIKE '%.read' ORDER BY id DESC LIMIT $2`,
    values: [id, AT_ONCE],
  });
  return rows;
}
