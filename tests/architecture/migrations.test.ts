import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** From here on calculations stand in routines, which are recreated behind the migrations. */
const SINCE = '20261129';

it('a migration that drops a table or a type takes the former version’s routines that return its rows with it', () => {
  const dropping = globSync('prisma/migrations/*/migration.sql')
    .filter((file) => (file.split(/[\\/]/).at(-2) ?? '') >= SINCE)
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^DROP (?:TABLE|TYPE)\b[^;]*;/gm)].map(([text]) => text),
    );
  expect(dropping.length).toBeGreaterThan(0);
  expect(dropping.filter((text) => !/\bCASCADE;$/.test(text))).toEqual([]);
});
