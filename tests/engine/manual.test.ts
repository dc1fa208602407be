import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const manual = readFileSync(path.resolve(here, '../../docs/engine.md'), 'utf8');
const comparison = /^## Compared with the official server$([\s\S]*?)^## /m.exec(manual)?.[1] ?? '';

/** Rows of the comparison: what, how it compares, and the tests that hold it. */
const rows = comparison
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| behaviour |'))
  .map((line) => line.slice(2, -2).split(' | '));

const files = readdirSync(here).filter((file) => file.endsWith('.test.ts') && file !== 'manual.test.ts');

describe('the comparison in the manual', () => {
  it('says of each behaviour how it compares, and what holds it', () => {
    expect(rows.length).toBeGreaterThan(70);
    const odd = rows.filter(([, verdict = '', holders = '', ...more]) => {
      const known = /^(equal|differs|absent|one run)/.test(verdict);
      return !known || more.length > 0 || !/^`[a-z-]+`(, `[a-z-]+`)*$/.test(holders);
    });
    expect(odd).toEqual([]);
  });

  it('says why, where something differs, and how it is refused, where it is absent', () => {
    expect(rows.filter(([, verdict = '']) => /^(differs|absent)$/.test(verdict))).toEqual([]);
  });

  it('names tests that are there, and all of them', () => {
    const named = new Set(
      rows.flatMap(([, , holders = '']) => [...holders.matchAll(/`([a-z-]+)`/g)].map(([, name]) => `${name}.test.ts`)),
    );
    const elsewhere = new Set(['durability.test.ts']);
    expect([...named].filter((file) => !files.includes(file))).toEqual([]);
    expect(files.filter((file) => !named.has(file) && !elsewhere.has(file))).toEqual([]);
  });
});
