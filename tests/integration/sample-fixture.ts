import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemActor } from '@/server/platform/actor';
import { rowsOf } from './database';
import type { calculate } from './sample/calculate';

/** The sample business: a folder as `portal load` takes it, with the answers to it. */
export const SAMPLE = fileURLToPath(new URL('./sample', import.meta.url));

export const actor = systemActor('portal');

export type Answers = ReturnType<typeof calculate>;

export const answers = (name: 'expected.json' | 'expected-xlsx.json'): Answers =>
  JSON.parse(readFileSync(path.join(SAMPLE, name), 'utf8'));

/** What the command line would print of an answer. */
export const printed = <T>(value: unknown): T =>
  JSON.parse(JSON.stringify(value, (_, field) => (typeof field === 'bigint' ? Number(field) : field)));

/** What `portal upload orders` prints. */
export type PrintedUpload = {
  id: string;
  errors: { row: number; column: string; code: string; message: string }[];
} & Record<'rows' | 'valid' | 'invalid' | 'lines' | 'netTotal' | 'patientsNew', number>;

/** Wrong cells as text, in an order that does not depend on who listed them. */
export const cellsOf = (errors: { row: number; column: string; code: string }[]) =>
  errors.map(({ row, column, code }) => `${String(row).padStart(4, '0')} ${column} ${code}`).sort();

export { rowsOf };

// What a running portal writes by itself, and the trace that every attempt leaves.
const TRACES = /^(upload.*|audit_.*|outbox_event|effect_receipt|rate_limit|read_mark|instance_fact|number_counter)$/;

/** A hash of everything that each table of the business holds, by table. */
export async function businessContent(): Promise<Record<string, string>> {
  const tables = await rowsOf<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !TRACES.test(table.name))) {
    const [found] = await rowsOf<{ count: string; hash: string }>(
      `SELECT count(*), md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS hash FROM "${name}" t`,
    );
    content[name] = `${found?.count} rows, ${found?.hash}`;
  }
  return content;
}
