import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/lib/chromium.mjs';
import { runningInstance } from './scripts/lib/runtime.mjs';

const { executablePath, args, env } = await findChromium();

// `npm test` names its own instance; by hand the tests run against the one that runs here.
const baseURL = process.env.BASE_URL ?? runningInstance()?.url ?? 'http://localhost:3000';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // Pictures that were looked at and kept; see tests/e2e/pictures.spec.ts, which says how they are made again.
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  updateSnapshots: process.env.UPDATE_PICTURES ? 'all' : 'none',
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL,
    browserName: 'chromium',
    headless: true,
    launchOptions: { executablePath, args, env, chromiumSandbox: false },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    // What was done, asked and said. Copies of the page at every action cost as much as the walk: `--trace on` by hand has them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    // Motion ends at once, as for people who ask for none: drawing it is work, and waiting for it is time.
    contextOptions: { reducedMotion: 'reduce' },
  },
});
