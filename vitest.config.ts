import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const sources = '{app,components,server,inngest,i18n,scripts,bench}/**/*.test.{ts,tsx}';

/** `server-only` throws outside of a React server; in tests it stands for nothing. */
const emptyServerOnly = {
  name: 'empty-server-only',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === 'server-only' ? '\0server-only' : null),
  load: (id: string) => (id === '\0server-only' ? '' : null),
};

/** Projects that need the PostgreSQL of `npm test`, whose address is in TEST_DATABASE_URL. */
const withDatabase = ['integration', 'authorization', 'security', 'engine', 'interop', 'faults'];

const project = (name: string, include: string, timeout: number) => ({
  extends: true as const,
  test: { name, include: [include], testTimeout: timeout, hookTimeout: timeout },
});

export default defineConfig({
  plugins: [emptyServerOnly],
  resolve: { alias: { '@': root } },
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    setupFiles: ['tests/seed.ts'],
    passWithNoTests: true,
    projects: [
      project('unit', sources, 30_000),
      project('architecture', 'tests/architecture/**/*.test.ts', 180_000),
      ...withDatabase.map((name) => project(name, `tests/${name}/**/*.test.ts`, 120_000)),
    ],
  },
});
