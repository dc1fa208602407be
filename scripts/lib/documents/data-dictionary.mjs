// docs/data-dictionary.md, read off a migrated database and the comments of prisma/schema.
import path from 'node:path';

/** @typedef {import('./table-access.mjs').Project} Project */
/** @typedef {{ query: (text: string) => Promise<{ rows: any[] }> }} Client */

const COLUMNS = `
  SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
    pg_get_expr(d.adbin, d.adrelid) AS fallback
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT LIKE '\\_prisma%'
  ORDER BY c.relname, a.attnum`;
const CONSTRAINTS = `
  SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS text FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'c', 'f', 'x') AND conrelid <> 0 AND conparentid = 0
  ORDER BY 1, array_position(ARRAY['p', 'u', 'f', 'x', 'c']::"char"[], contype), 2`;
const INDEXES = `
  SELECT i.indrelid::regclass::text AS table, regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING \\w+ ', 'UNIQUE ') AS text
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  ORDER BY 1, 2`;
const TRIGGERS = `
  SELECT tgrelid::regclass::text AS table, string_agg(DISTINCT '\`' || p.proname || '\`', ', ' ORDER BY '\`' || p.proname || '\`') AS text
  FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND t.tgparentid = 0 GROUP BY 1 ORDER BY 1`;

/** What prisma/schema says of models and fields, by table and column. @param {Project} project */
function commentsOf({ filesIn, read }) {
  /** @type {Map<string, { owner: string, about: string, columns: Map<string, string> }>} */ const tables = new Map();
  for (const file of filesIn('prisma/schema', /\.prisma$/)) {
    for (const [, about = '', model = '', body = ''] of read(file).matchAll(
      /((?:^\/\/\/[^\n]*\n)*)^model (\w+) \{([\s\S]*?)^\}/gm,
    )) {
      const columns = new Map();
      for (const [, said = '', field = '', rest = ''] of body.matchAll(/((?:^ *\/\/\/[^\n]*\n)*)^ +(\w+) +(.*)$/gm))
        columns.set(/@map\("(\w+)"\)/.exec(rest)?.[1] ?? field, plain(said));
      const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model;
      tables.set(table, { owner: path.posix.basename(file, '.prisma'), about: plain(about), columns });
    }
  }
  return tables;
}

const plain = (/** @type {string} */ comment) =>
  comment
    .replace(/^ *\/\/\/ ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** @param {any[]} rows @returns {Map<string, string[]>} */
const byTable = (rows) => {
  const found = new Map();
  for (const { table, text } of rows) found.set(table, [...(found.get(table) ?? []), text]);
  return found;
};

/** The whole document. @param {Client} client @param {Project} project */
export async function dataDictionary(client, project) {
  const comments = commentsOf(project);
  const { rows: columns } = await client.query(COLUMNS);
  const constraints = byTable((await client.query(CONSTRAINTS)).rows);
  const indexes = byTable((await client.query(INDEXES)).rows);
  const triggers = byTable((await client.query(TRIGGERS)).rows);
  const names = [...new Set(columns.map(({ table }) => table))].filter((table) => comments.has(table));
  const owners = [...new Set(names.map((table) => comments.get(table)?.owner ?? ''))].sort();
  const sections = owners.flatMap((owner) => [
    `## ${owner}`,
    ...names
      .filter((table) => comments.get(table)?.owner === owner)
      .flatMap((table) => {
        const said = comments.get(table);
        const guarantees = [...(constraints.get(table) ?? []), ...(indexes.get(table) ?? [])];
        return [
          `### ${table}`,
          ...(said?.about ? [said.about] : []),
          [
            '| column | type | | meaning |',
            '|---|---|---|---|',
            ...columns
              .filter((one) => one.table === table)
              .map(
                ({ column, type, required, fallback }) =>
                  `| \`${column}\` | ${type} | ${required ? 'required' : ''}${fallback ? ` = ${cell(`\`${fallback}\``)}` : ''} | ${cell(said?.columns.get(column) ?? '')} |`,
              ),
          ].join('\n'),
          guarantees.map((text) => `- \`${text.replaceAll('\n', ' ')}\``).join('\n'),
          ...(triggers.get(table) ?? []).map((text) => `Triggers: ${text}`),
        ];
      }),
  ]);
  return `# Data dictionary

Made by \`npm run documents\` from a migrated database and the comments of \`prisma/schema\`; a test compares it. Tables stand under the module that
owns them and alone writes them (\`prisma/table-access.txt\`). Money is in minor units, moments are UTC, phones E.164.

${sections.join('\n\n')}
`;
}
