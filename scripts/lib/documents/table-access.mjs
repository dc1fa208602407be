// Who reads and writes which table, from TypeScript and SQL: what `prisma/table-access.txt` lists, and a test compares.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../paths.mjs';

/** @typedef {{ filesIn: (folder: string, name: RegExp) => string[], read: (file: string) => string, has: (file: string) => boolean }} Project */

export const TABLE_ACCESS_HEAD = `# Who reads and writes which table: made by \`npm run documents\` from TypeScript and SQL, held by a law of tests/architecture.
# The owner of a table is the file of prisma/schema that defines it. Only the owner writes; a new line that reads is a wish of one module
# to know another's table, and is reviewed as such: a view or a function in public/ may be better. Triggers and constraints are not listed.
`;

const SQL_WORD =
  /\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY|FROM|JOIN|USING)\s+(?:ONLY\s+)?"?([a-z_]+)"?/g;
const WRITES = /^(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY)/;
const PRISMA_CALL = /\.(\w+)\s*\.(find\w*|create\w*|update\w*|upsert|delete\w*|count|aggregate|groupBy)\(/g;
const PRISMA_READS = /^(find|count|aggregate|groupBy)/;

/** The project on disk; paths are relative to it. @type {Project} */
export const onDisk = {
  filesIn: (folder, name) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
      .map((file) => path.posix.join(folder, file.replaceAll('\\', '/')))
      .filter((file) => name.test(file))
      .sort(),
  read: (file) => readFileSync(inRoot(file), 'utf8'),
  has: (file) => existsSync(inRoot(file)),
};

/** Every table with its owner, the module whose schema file defines it, and every model's table. @param {Project} project */
function tablesOfSchema({ filesIn, read }) {
  /** @type {Map<string, string>} */ const owners = new Map();
  /** @type {Map<string, string>} */ const models = new Map();
  for (const file of filesIn('prisma/schema', /\.prisma$/)) {
    for (const [, model = '', body = ''] of read(file).matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)) {
      const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model;
      owners.set(table, path.basename(file, '.prisma'));
      models.set(model.charAt(0).toLowerCase() + model.slice(1), table);
    }
  }
  return { owners, models };
}

/** The module that a file belongs to: `orders`, `platform`; null where it speaks to no database. @param {string} file */
function moduleOf(file) {
  const [, routine] = /^prisma\/routines\/([a-z-]+)\.sql$/.exec(file) ?? [];
  const [, module] = /^server\/modules\/[a-z-]+\/([a-z-]+)\//.exec(file) ?? [];
  const [, port] = /^server\/integrations\/([a-z-]+)\//.exec(file) ?? [];
  if (routine) return routine;
  if (module) return module;
  if (port) return 'integrations';
  return file.startsWith('server/platform/') ? 'platform' : null;
}

/**
 * One line for each table and module that touches it, sorted: `orders: orders writes`, `orders: till reads`. What triggers and
 * constraints of the migrations do is no module's and not listed.
 * @param {Project} [project]
 * @returns {{ lines: string[], foreignWrites: string[] }}
 */
export function tableAccess(project = onDisk) {
  const { filesIn, read } = project;
  const { owners, models } = tablesOfSchema(project);
  /** @type {Map<string, Map<string, boolean>>} */ const access = new Map();
  /** @param {string | undefined} table @param {string} module @param {boolean} writes */
  const note = (table, module, writes) => {
    if (!table || !owners.has(table)) return;
    const modules = access.get(table) ?? new Map();
    access.set(table, modules.set(module, writes || modules.get(module) === true));
  };
  for (const file of [...filesIn('prisma/routines', /\.sql$/), ...filesIn('server', /(?<!\.test)\.ts$/)]) {
    const module = moduleOf(file);
    if (!module) continue;
    const text = read(file).replace(/^\s*(--|\*|\/\/).*$/gm, '');
    for (const [, word = '', table] of text.matchAll(SQL_WORD)) note(table, module, WRITES.test(word));
    for (const [, model = '', call = ''] of text.matchAll(PRISMA_CALL))
      note(models.get(model), module, !PRISMA_READS.test(call));
  }
  const lines = [...owners.keys()].sort().flatMap((table) => {
    const modules = [...(access.get(table) ?? [])].sort(([one], [other]) => one.localeCompare(other));
    return modules.map(([module, writes]) => `${table}: ${module} ${writes ? 'writes' : 'reads'}`);
  });
  const foreignWrites = lines.filter((line) => {
    const [, table = '', module, verb] = /^(\w+): (\S+) (\w+)$/.exec(line) ?? [];
    return verb === 'writes' && owners.get(table) !== module;
  });
  return { lines, foreignWrites };
}
