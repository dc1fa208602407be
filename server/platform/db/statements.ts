/** So many texts get a name; those that come later, of lists that are put together again each time, are planned each time. */
const MOST = 400;
const OUTDATED = /cached plan must not change result type/;

const names = new Map<string, string>();
let generation = 0;

/**
 * The name under which a connection keeps a statement, so that its text is read and planned once and not at each use: PostgreSQL
 * plans longer than it reads one row by its key. The same text has the same name on all connections; none is an empty name.
 */
export function statementName({ sql }: { sql: string }): string {
  const known = names.get(sql);
  if (known || names.size >= MOST) return known ?? '';
  const name = `portal_${generation}_${names.size}`;
  names.set(sql, name);
  return name;
}

/** A migration may give a column or a routine another type while we run: what was kept is of no use then, on any connection. */
export function forgetOutdated({ message }: { message: string }): void {
  if (!OUTDATED.test(message)) return;
  names.clear();
  generation += 1;
}
