import { readFileSync } from 'node:fs';
import type { StaffActor } from '@/server/platform/actor';
import { rowsOf } from './database';

/** What each mutation leaves in the trail; ids, hashes and moments are masked. A new one prints its line, which a person reads and adds. */
export const TRAIL = new Map(
  readFileSync(new URL('audit-trail.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => [line.split(' ', 1)[0] ?? '', line]),
);

export async function trailOf(path: string, actor: StaffActor): Promise<string> {
  const written = await rowsOf<{ line: string }>(
    `SELECT concat_ws(' ', action, entity, CASE WHEN entity_id ~ '^[0-9a-f-]{36}$' THEN '#' ELSE entity_id END,
       CASE WHEN branch_id IS NULL THEN 'no branch' ELSE 'branch' END, detail::text) AS line
     FROM audit_entry WHERE correlation_id = $1 ORDER BY action, entity_id`,
    [actor.correlationId],
  );
  const masked = written.map(({ line }) =>
    line
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#')
      .replace(/[0-9a-f]{64}/g, '#')
      .replace(/\d{4}-\d{2}(-\d{2}T[\d:.+-]+Z?)?/g, '#')
      .replace(/("pausedSeconds": )\d+/, '$1#'),
  );
  return `${path} ${masked.join(' | ')}`;
}
