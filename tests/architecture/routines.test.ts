import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, root } from './tree';

const DEFINED = /^CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE|VIEW|TYPE) ([a-z_]+)/gm;
const namesIn = (file: string) => [...read(file).matchAll(DEFINED)].map(([, name = '']) => name);

/** Migrations older than the routines still define some; an applied migration is never edited. */
const FIRST_WITHOUT = '20261129';

const routines = readdirSync(path.join(root, 'prisma/routines')).map((file) => `prisma/routines/${file}`);
const migrations = readdirSync(path.join(root, 'prisma/migrations'))
  .filter((name) => name >= FIRST_WITHOUT && !name.endsWith('.toml'))
  .map((name) => `prisma/migrations/${name}/migration.sql`);

describe('calculations in SQL', () => {
  it('stand in one place each', () => {
    const names = routines.flatMap(namesIn);
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('are no part of a migration, which defines only what triggers, defaults and constraints need', () => {
    const repeated = new Set(routines.flatMap(namesIn));
    expect(migrations.flatMap(namesIn).filter((name) => repeated.has(name))).toEqual([]);
  });
});
