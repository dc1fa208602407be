// Imported before everything else, because the data folder is settled when its module is first read: tests have a folder
// of their own, and never touch the one of an instance that runs here.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

if (!process.env.PORTAL_TEST_FOLDER) {
  process.env.PORTAL_TEST_FOLDER = mkdtempSync(path.join(tmpdir(), 'sapoche-test-'));
  chmodSync(process.env.PORTAL_TEST_FOLDER, 0o755); // the account that PostgreSQL runs as has to get in
}
process.env.PORTAL_DATA_DIR = process.env.PORTAL_TEST_FOLDER;
