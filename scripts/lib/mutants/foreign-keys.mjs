import { globSync, readFileSync } from 'node:fs';
import { inRoot, root } from '../paths.mjs';

/** Behind a JOIN: a table under a name, and one comparison of its id with a column of another, nothing more. */
const BY_ID = /^\s+(\w+)\s+(?:AS\s+)?(\w+)\s+ON\s+(\w+)\.(\w+)\s*=\s*(\w+)\.(\w+)\b(?!\s*(?:(?:AND|OR)\b|::))/i;

/**
 * Whether what stands behind a JOIN is the row that a foreign key names which is never null: there is always one, and a LEFT JOIN
 * would bring no more. The other table must be there itself, not by an outer join.
 * @param {string} before the text up to the JOIN @param {string} after the text behind it
 */
export function joinsRequiredKey(before, after) {
  const [, table, alias, ...sides] = BY_ID.exec(after) ?? [];
  if (!table || !alias) return false;
  const [own, ownColumn, other, column] = sides[0] === alias ? sides : [sides[2], sides[3], sides[0], sides[1]];
  if (own !== alias || ownColumn !== 'id' || !other || !column) return false;
  const named = [
    ...before.matchAll(new RegExp(`\\b((?:LEFT|FULL)\\s+)?(?:FROM|JOIN)\\s+(\\w+)\\s+(?:AS\\s+)?${other}\\b`, 'gi')),
  ];
  const [, outer, source = ''] = named.at(-1) ?? [];
  return !outer && requiredKeys().get(`${source}.${column}`) === table;
}

let known;

/** `table.column` → the table that it names, of every foreign key that is never null. @returns {Map<string, string>} */
function requiredKeys() {
  known ??= readKeys();
  return known;
}

function readKeys() {
  const texts = globSync('prisma/schema/*.prisma', { cwd: root }).map((file) => readFileSync(inRoot(file), 'utf8'));
  const models = texts.flatMap((text) => [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)]);
  const tables = new Map(models.map(([, name, body]) => [name, /@@map\("(\w+)"\)/.exec(body)?.[1]]));
  const keys = new Map();
  for (const [, name, body] of models) {
    for (const [, target, field] of body.matchAll(/ (\w+) +@relation\(fields: \[(\w+)\], references: \[id\]/g)) {
      const line = new RegExp(`^ +${field} +\\w+ .*$`, 'm').exec(body)?.[0];
      const column = /@map\("(\w+)"\)/.exec(line ?? '')?.[1] ?? field;
      if (line) keys.set(`${tables.get(name)}.${column}`, tables.get(target));
    }
  }
  return keys;
}
