import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { commands } from './scripts/lib/testing/browser-commands.mjs';

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

/** Components in a real browser: the one that `npm test` found, as `TEST_CHROMIUM`. */
function components(launch: string) {
  const launchOptions: Launch = { ...(JSON.parse(launch) as Launch), chromiumSandbox: false };
  return {
    extends: true as const,
    define: { 'process.env.NODE_ENV': JSON.stringify('test') },
    oxc: { jsx: { runtime: 'automatic' as const } },
    // Bundled once, before the first test: what is found while tests run would reload them, and so is what comes later in a screen.
    optimizeDeps: {
      entries: ['tests/components/**/*.tsx', 'components/**/*.tsx'],
      include: [
        ...['react', 'react-dom/client', 'vitest-browser-react', 'next/navigation', 'next/link', 'next/dynamic'],
        ...['next-auth/react', 'sonner', 'cmdk', 'zod', '@internationalized/date'],
        ...['Button', 'Calendar', 'Menu', 'Modal', 'Popover', 'Select', 'TextField'].map(
          (name) => `react-aria-components/${name}`,
        ),
        ...NEXT_CONTEXTS,
      ],
    },
    test: {
      name: 'components',
      include: ['tests/components/**/*.test.tsx'],
      setupFiles: ['tests/components/empty-store.ts'],
      testTimeout: 60_000,
      expect: { poll: { timeout: 20_000 } },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        traceView: false,
        commands,
        // Motion ends at once: nothing is waited for that the tests do not ask about.
        provider: playwright({ launchOptions, contextOptions: { reducedMotion: 'reduce' }, actionTimeout: 20_000 }),
        instances: [{ browser: 'chromium' as const, viewport: { width: 1280, height: 900 } }],
      },
    },
  };
}
const NEXT_CONTEXTS = ['app-router-context', 'hooks-client-context'].map(
  (name) => `next/dist/shared/lib/${name}.shared-runtime`,
);
type Launch = { executablePath: string; args: string[]; env: Record<string, string>; chromiumSandbox?: boolean };

const { TEST_CHROMIUM } = process.env;

export default defineConfig({
  plugins: [emptyServerOnly],
  resolve: { alias: { '@': root } },
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 3,
    allowOnly: false,
    setupFiles: ['tests/seed.ts'],
    passWithNoTests: true,
    projects: [
      project('unit', sources, 30_000),
      project('architecture', 'tests/architecture/**/*.test.ts', 180_000),
      ...(TEST_CHROMIUM ? [components(TEST_CHROMIUM)] : []),
      ...withDatabase.map((name) => project(name, `tests/${name}/**/*.test.ts`, 120_000)),
    ],
  },
});
