import { readFileSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { Refusal } from '../say.mjs';

const ROLE = 'portal_app';
const file = inRoot('prisma', 'grants.txt');
const VERB = /^(select|insert|update|delete|maintain)(?:\(([^)]*)\))?$/;

export const grantsText = () => readFileSync(file, 'utf8');

/**
 * The list of prisma/grants.txt: table → verb → the columns as written (`*`, `a,b`, `!a,b`), null for the whole table.
 * @returns {Map<string, Map<string, string | null>>}
 */
export function readGrants(text = grantsText()) {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [table, ...verbs] = line.trim().split(/\s+/);
      const granted = verbs.map((verb) => {
        const [, name, columns = null] = VERB.exec(verb) ?? [];
        if (!name) throw new Refusal(`prisma/grants.txt: ${table} has the unknown grant "${verb}".`);
        return [name, columns];
      });
      return [table, new Map(granted)];
    }),
  );
}

/** The columns that a grant names, of those that the table has. */
export function grantedColumns(columns, all) {
  if (columns === null || columns === '*') return all;
  const named = columns.replace(/^!/, '').split(',');
  const unknown = named.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Refusal(`prisma/grants.txt names columns that are not there: ${unknown.join(', ')}.`);
  return columns.startsWith('!') ? all.filter((name) => !named.includes(name)) : named;
}

const TABLES = `
  SELECT c.relname AS name, c.relkind = 'v' AS view,
    ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY 1`;

function grantsOf(table, verbs, quote) {
  return [...verbs].map(([verb, columns]) => {
    const named = columns === null ? '' : ` (${grantedColumns(columns, table.columns).map(quote).join(', ')})`;
    return `GRANT ${verb}${named} ON ${quote(table.name)} TO ${ROLE}`;
  });
}

/**
 * Gives the application's role exactly what the list says, inside the caller's transaction; nothing where there is no such role.
 * Throws a refusal for a table without a line, and for a line without a table.
 * @param {import('pg').Client} client a connection of the tables' owner
 */
export async function applyGrants(client) {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [ROLE]);
  if (rowCount === 0) return;
  const list = readGrants();
  const { rows } = await client.query(TABLES);
  const tables = rows.filter(({ view }) => !view);
  const unlisted = tables.filter(({ name }) => !list.has(name)).map(({ name }) => name);
  const absent = [...list.keys()].filter((name) => !tables.some((table) => table.name === name));
  if (unlisted.length > 0) throw new Refusal(`prisma/grants.txt has no line for ${unlisted.join(', ')}.`);
  if (absent.length > 0)
    throw new Refusal(`prisma/grants.txt has a line for ${absent.join(', ')}, which is not there.`);
  const quote = (name) => client.escapeIdentifier(name);
  // A grant of columns outlives the revocation of the table's, so that both are taken back.
  const statements = rows.flatMap(({ name, view, columns }) => [
    `REVOKE ALL ON ${quote(name)} FROM ${ROLE}`,
    `REVOKE ALL (${columns.map(quote).join(', ')}) ON ${quote(name)} FROM ${ROLE}`,
    ...(view
      ? [`GRANT SELECT ON ${quote(name)} TO ${ROLE}`]
      : grantsOf({ name, columns }, list.get(name) ?? new Map(), quote)),
  ]);
  for (const statement of statements) await client.query(statement);
}
