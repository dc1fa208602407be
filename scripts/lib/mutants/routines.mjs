import { globSync, readFileSync } from 'node:fs';
import { withClient } from '../database.mjs';
import { inRoot, root } from '../paths.mjs';
import { TEMPLATE } from '../testing/database.mjs';
import { tokensOf } from './sql-tokens.mjs';
import { mutated } from './targets.mjs';

/** @typedef {{ file: string, name: string, start: number, end: number, text: string }} Statement one CREATE of a file of routines */

/** @returns {Statement[]} */
export const statementsOf = (files = globSync('prisma/routines/*.sql', { cwd: root })) =>
  files.flatMap((file) => {
    const text = readFileSync(inRoot(file), 'utf8');
    return endsOf(text).flatMap((end, i, ends) => {
      const start = i === 0 ? 0 : ends[i - 1];
      const name = /^CREATE (?:FUNCTION|VIEW|TYPE) (\w+)/m.exec(text.slice(start, end))?.[1];
      return name ? [{ file, name, start, end, text: text.slice(start, end) }] : [];
    });
  });

/** Behind each semicolon that stands outside of a body. */
function endsOf(text) {
  let inBody = false;
  const ends = [];
  for (const token of tokensOf(text)) {
    if (token.text === '$$') inBody = !inBody;
    if (token.text === ';' && !inBody) ends.push(token.end);
  }
  return ends;
}

export function statementAt(file, at) {
  const found = statementsOf([file]).find(({ start, end }) => start <= at && at < end);
  if (!found) throw new Error(`${file}: no routine at ${at}`);
  return found;
}

/**
 * A template with a mutant's routine in it. Answers its name, or null where PostgreSQL takes no such routine.
 * @param {import('./targets.mjs').Mutant} mutant
 */
export async function templateWith(server, mutant, name) {
  const statement = statementAt(mutant.file, mutant.start);
  const { start, end, text } = mutant;
  const changed = mutated(statement.text, { start: start - statement.start, end: end - statement.start, text });
  await withClient(server.connect(), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER portal_owner`);
  });
  return withClient(server.connect(name), async (client) => {
    try {
      await client.query(changed.replace(/^CREATE (FUNCTION|VIEW)/m, 'CREATE OR REPLACE $1'));
      return name;
    } catch {
      return null;
    }
  });
}
