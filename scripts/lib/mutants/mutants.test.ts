import { describe, expect, it } from 'vitest';
import { withCounters } from './counters.mjs';
import { EQUIVALENT, equivalent, placesOf } from './equivalent.mjs';
import { joinsRequiredKey } from './foreign-keys.mjs';
import { PLANTED } from './planted.mjs';
import { asMutant } from './planted-run.mjs';
import { statementsOf } from './routines.mjs';
import { sqlChanges } from './sql.mjs';
import { allMutants, mutated, shuffled, targets } from './targets.mjs';
import { typescriptChanges } from './typescript.mjs';

type Change = { start: number; end: number; text: string; what: string };
const all = (text: string, changes: Change[]) =>
  changes.map((change) => mutated(text, change).replace(/\s+/g, ' ').trim());
const sqlOf = (text: string) => all(text, sqlChanges(text));
const tsOf = (text: string) => all(text, typescriptChanges('a.ts', text));

describe('SQL', () => {
  it('is compared otherwise, joined otherwise, and loses each of its conditions', () => {
    expect(sqlOf('SELECT x FROM t WHERE a <= b AND c IS NULL')).toEqual([
      'SELECT x FROM t WHERE true AND c IS NULL',
      'SELECT x FROM t WHERE a < b AND c IS NULL',
      'SELECT x FROM t WHERE a <= b OR c IS NULL',
      'SELECT x FROM t WHERE a <= b',
      'SELECT x FROM t WHERE a <= b AND c IS NOT NULL',
    ]);
  });

  it('keeps what gives a value, the AND of a BETWEEN, and columns by their number', () => {
    expect(sqlOf('UPDATE t SET a = b, c = d')).toEqual([]);
    expect(sqlOf('SELECT a FROM t GROUP BY 1, 2')).toEqual([]);
    expect(sqlOf('SELECT FROM t WHERE a BETWEEN b AND c')).toEqual(['SELECT FROM t WHERE true']);
    expect(sqlOf('SELECT a::char(3) FROM t FOR UPDATE')).toEqual([]);
  });

  it.each([
    ['SELECT a FROM t LEFT JOIN u USING (id)', 'SELECT a FROM t JOIN u USING (id)'],
    ['SELECT a FROM t JOIN u USING (id)', 'SELECT a FROM t LEFT JOIN u USING (id)'],
    ['SELECT a FROM t ORDER BY a DESC', 'SELECT a FROM t ORDER BY a ASC'],
    ['SELECT a FROM t ORDER BY a, b', 'SELECT a FROM t ORDER BY a DESC, b'],
    ['SELECT a FROM t LIMIT 1', 'SELECT a FROM t'],
    ['SELECT min(a) FROM t', 'SELECT max(a) FROM t'],
    ['SELECT sum(a) FILTER (WHERE b) FROM t', 'SELECT sum(a) FROM t'],
    ['SELECT a - b FROM t', 'SELECT a + b FROM t'],
    ['SELECT coalesce(a, b) FROM t', 'SELECT coalesce(a) FROM t'],
    ['SELECT a FROM t WHERE NOT EXISTS (SELECT FROM u)', 'SELECT a FROM t WHERE EXISTS (SELECT FROM u)'],
    ["SELECT a FROM t WHERE b = 'open'", "SELECT a FROM t WHERE b = 'open#'"],
    ["SELECT now() - interval '1 day'", "SELECT now() - interval '2 day'"],
    ['SELECT CASE WHEN a THEN b ELSE c END', 'SELECT CASE WHEN a THEN b ELSE NULL END'],
    ['SELECT DISTINCT a FROM t', 'SELECT a FROM t'],
  ])('%s becomes %s', (text, becomes) => {
    expect(sqlOf(text)).toContain(becomes);
  });

  it('says nothing of comments', () => {
    expect(sqlOf('-- WHERE a = 1\nSELECT a /* = 2 */ FROM t')).toEqual([]);
  });
});

describe('a join along a foreign key', () => {
  const isSame = (text: string) => {
    const at = text.lastIndexOf('>JOIN');
    return joinsRequiredKey(text.slice(0, at), text.slice(at + '>JOIN'.length));
  };

  it.each([
    ['SELECT FROM orders o >JOIN branch b ON b.id = o.branch_id WHERE', true],
    ['SELECT FROM orders o JOIN branch b ON b.id = o.branch_id >JOIN patient p ON o.patient_id = p.id', true],
    ['SELECT FROM shift s JOIN till t ON t.id = s.till_id >JOIN branch b ON b.id = t.branch_id', true],
    // Null, and then there is no row; the wrong table; more than the key; a row that may not be there; no key at all.
    ['SELECT FROM orders o >JOIN doctor d ON d.id = o.doctor_id', false],
    ['SELECT FROM orders o >JOIN patient p ON p.id = o.branch_id', false],
    ['SELECT FROM orders o >JOIN branch b ON b.id = o.branch_id AND b.active', false],
    ['SELECT FROM orders o LEFT JOIN shift s ON s.id = o.shift_id >JOIN till t ON t.id = s.till_id', false],
    ['SELECT FROM branch b >JOIN orders o ON o.branch_id = b.id', false],
    ['WITH o AS (SELECT 1 AS branch_id) SELECT FROM o >JOIN branch b ON b.id = o.branch_id', false],
    ['SELECT FROM (SELECT * FROM orders) o >JOIN branch b ON b.id = o.branch_id', false],
  ])('%s: %s', (text, same) => expect(isSame(text)).toBe(same));
});

describe('TypeScript', () => {
  it.each([
    ['f(a < b);', 'f(a <= b);'],
    ['f(a && b);', 'f(a || b);'],
    ['const x = a ?? b;', 'const x = (a);'],
    ['const x = !a;', 'const x = a;'],
    ['if (a) b();', 'if (!(a)) b();'],
    ['function f() { if (a) return; b(); }', 'function f() { ; b(); }'],
    ['await save(x);', ';'],
    ['return_([1]);', 'return_([]);'],
    ['const x = 24;', 'const x = 25;'],
    ['const x = 5_000n;', 'const x = 5001n;'],
    ['const x = { a, b };', 'const x = { b };'],
    ['const x = { ...a };', 'const x = { };'],
    ["const x = 'open';", "const x = '';"],
    ['const x = a.some(f);', 'const x = a.every(f);'],
    ['const x = a.filter(f);', 'const x = a;'],
    ['const x = /^a$/;', 'const x = /a$/;'],
  ])('%s becomes %s', (text, becomes) => {
    expect(tsOf(text)).toContain(becomes);
  });

  it('is changed as SQL where it is SQL, around what is put into it', () => {
    const text = `const q = sql\`SELECT a FROM t WHERE a = \${x + 1} AND b > 2\`;`;
    expect(tsOf(text)).toEqual(
      expect.arrayContaining([
        `const q = sql\`SELECT a FROM t WHERE a <> \${x + 1} AND b > 2\`;`,
        `const q = sql\`SELECT a FROM t WHERE a = \${x + 1} \`;`,
        `const q = sql\`SELECT a FROM t WHERE a = \${x - 1} AND b > 2\`;`,
      ]),
    );
  });

  it('keeps types, imports, and what is said to a log or a developer', () => {
    expect(tsOf("import a from 'b'; type T = 'x' | 1; interface I { a: 'y' }")).toEqual([]);
    expect(tsOf("log.warn({ n: 1 }, 'one'); logger('x').error('two');")).toEqual([]);
    expect(tsOf("f({ message: 'x', cause: e });")).toEqual([';']);
    expect(tsOf("const x = notFound('order');")).toEqual([]);
  });
});

it('the same seed hands out the same mutants, and another seed others', () => {
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  expect(shuffled(numbers, 1)).toEqual(shuffled(numbers, 1));
  expect(shuffled(numbers, 1)).not.toEqual(shuffled(numbers, 2));
  expect(shuffled(numbers, 1).toSorted((a, b) => a - b)).toEqual(numbers);
});

it('a file that is counted is still one that can be read, with a counter in each piece', () => {
  const counted = withCounters('a.ts', 'const f = (x) => ({ x }); function g() { if (x) { y(); } }');
  expect(counted.match(/__ran\?\.add/g)).toHaveLength(4);
  expect(counted).toContain('(x) => (globalThis.__ran?.add("a.ts:17"), ({ x }))');
});

it('mutants stand in every kind of file, and each changes something', () => {
  const mutants = allMutants();
  expect(new Set(mutants.map(({ area }) => area))).toEqual(new Set(targets().map(({ area }) => area)));
  expect(mutants.filter(({ start, end, text }) => start === end && text === '')).toEqual([]);
  expect(mutants.filter((mutant) => equivalent(mutant)).length).toBeLessThan(mutants.length / 20);
});

it.each(EQUIVALENT.map(({ file, text }) => [file, text]))(
  'what is called equivalent is still there: %s %s',
  (file, text) => {
    expect(placesOf(file, text)).not.toEqual([]);
  },
);

it('every routine is found with its whole text', () => {
  const statements = statementsOf();
  expect(statements.length).toBeGreaterThan(60);
  for (const { name, text } of statements) expect(text, name).toMatch(/;$/);
});

it.each(PLANTED.map((fault) => [fault.name, fault] as const))(
  'a planted fault still finds its text: %s',
  (_, fault) => {
    expect(asMutant(fault)).toMatchObject({ file: fault.file, text: fault.put });
  },
);
