import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

function filesUnder(folder: string, skipped: string[] = []): string[] {
  if (skipped.includes(folder)) return [];
  if (statSync(path.join(root, folder)).isFile()) return [folder];
  return readdirSync(path.join(root, folder)).flatMap((name) => filesUnder(path.join(folder, name), skipped));
}

const sources = (folders: string[], skipped: string[] = []) =>
  folders.flatMap((folder) => filesUnder(folder, skipped)).filter((file) => /\.(ts|tsx|mjs)$/.test(file));

/** What runs against whichever server INNGEST_BASE_URL names: the application, the bench, the walk. */
const PORTABLE = sources(
  ['app', 'components', 'server', 'inngest', 'instrumentation.ts', 'bench', 'tests/e2e'],
  ['inngest/engine'],
).filter((file) => !/\.test\.tsx?$/.test(file));

/**
 * Every address of an Inngest server that they ask by themselves, beside what the SDK does. `everywhere`: the official server
 * has it; `ours`: it has not, and the asker goes on without the answer.
 */
const ROUTES: Record<string, { in: 'everywhere' | 'ours'; by: string[] }> = {
  '/v1/runs/:id': { in: 'everywhere', by: ['server/integrations/background/inngest.ts'] },
  '/v1/queue': { in: 'ours', by: ['server/integrations/background/inngest.ts'] },
};

/** Tools of the SDK within a function, and properties of functions: all of them are served by the official server. */
const STEP_TOOLS = ['run', 'sleep', 'waitForEvent'];
const FUNCTION_KEYS = [
  ...['id', 'name', 'triggers', 'retries', 'onFailure', 'middleware'],
  ...['concurrency', 'idempotency', 'batchEvents', 'singleton', 'priority'],
];

/** Where the engine's own tables are looked into, and nowhere else: each goes on without them. */
const INSIDERS = [
  'bench/engine.ts',
  'bench/engine/fixture.ts',
  'tests/e2e/support/traces.ts',
  'tests/e2e/z-secrets.spec.ts',
];

const ADDRESS = /['"`](\/(?:v[0-9]+\/|e\/|fn\/|invoke\/|dev\b)[^'"`?]*)/g;
const asRoute = (text: string) => text.replaceAll(/\$\{[^}]*\}+/g, ':id').replace(/\)+$/, '');

function used(pattern: RegExp, files: string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    for (const [, text = ''] of read(file).matchAll(pattern)) {
      const key = pattern === ADDRESS ? asRoute(text) : text;
      found.set(key, [...new Set([...(found.get(key) ?? []), file])]);
    }
  }
  return found;
}

describe('the application, the bench and the walk, pointed at an official server by INNGEST_BASE_URL alone', () => {
  it('ask no address of it but those that are listed', () => {
    const asked = used(ADDRESS, PORTABLE);
    expect(Object.fromEntries([...asked].sort())).toEqual(
      Object.fromEntries(
        Object.entries(ROUTES)
          .map(([route, { by }]): [string, string[]] => [route, by])
          .sort(),
      ),
    );
  });

  it('go on where an address is ours alone', () => {
    const ours = Object.entries(ROUTES).filter(([, { in: where }]) => where === 'ours');
    for (const [route, { by }] of ours) {
      for (const file of by) {
        const text = read(file);
        const asking = text.slice(text.indexOf(route));
        expect(asking.slice(0, 300), `${file} takes "not there" from ${route}`).toContain('isUnknown(');
      }
    }
  });

  it('use no tool of the SDK within a function but those that are listed', () => {
    const tools = used(/\bstep\.(\w+)[<(]/g, sources(['inngest', 'bench/engine'], ['inngest/engine']));
    expect([...tools.keys()].sort()).toEqual(STEP_TOOLS);
  });

  it('use no property of functions but those that are listed', async () => {
    process.env.INNGEST_EVENT_KEY ??= 'portability';
    const { functions } = await import('@/inngest/functions');
    const keys = new Set(functions.flatMap(({ fn }) => Object.keys((fn as unknown as { opts: object }).opts)));
    expect([...keys].filter((key) => !FUNCTION_KEYS.includes(key))).toEqual([]);
    expect(keys.size).toBeGreaterThan(3);
  });

  it('look into the tables of the embedded engine only where they go on without them', () => {
    const insiders = PORTABLE.filter((file) => /inngest_engine|inside\b.*query/.test(read(file)));
    expect(insiders.filter((file) => !INSIDERS.includes(file))).toEqual([]);
    expect(read('bench/engine.ts')).toMatch(/if \(inside\)/);
    expect(read('bench/engine/fixture.ts')).toContain('inside: undefined');
    expect(read('tests/e2e/z-secrets.spec.ts')).toContain("startsWith('inngest_engine.')");
  });

  it('name no server: its address comes from the environment', () => {
    const naming = PORTABLE.filter((file) => /baseUrl:|new Inngest\(\{[^}]*(?:signingKey|eventKey)/.test(read(file)));
    expect(naming).toEqual(['bench/engine/fixture.ts']);
    expect(read('bench/engine/fixture.ts')).toContain('INNGEST_BASE_URL: named');
  });
});
