import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { dataDir, inData } from './paths.mjs';
import { Refusal } from './say.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
// Tests open the portal's own pages alone, and root or a hardened kernel would refuse the sandbox.
const args = [
  '--no-sandbox',
  // A machine without graphics would imitate them at the cost of a quarter of what a walk takes; pages need none.
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Some distributions install a script that only says how to get the browser; one that runs prints its version. */
const runs = (file) => existsSync(file) && spawnSync(file, ['--version'], { timeout: 10_000 }).status === 0;

function installed() {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)];
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(runs);
}

async function playwrights() {
  const { chromium } = await import('@playwright/test');
  return [chromium.executablePath()].find(runs);
}

/** The packed browser brings the libraries and fonts that a bare machine has not. */
function missingParts(folder) {
  const libraries = [path.join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    ...(runs(path.join(folder, 'chromium')) ? {} : { LD_LIBRARY_PATH: libraries }),
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') }),
  };
}

const fontsConf = (folder) =>
  `<?xml version="1.0"?><fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;

/** The browser that an npm package carries, unpacked once. It goes where TMPDIR points, so that is ours meanwhile. */
async function packed() {
  const require = createRequire(import.meta.url);
  const home = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const folder = inData(`chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(dataDir, { recursive: true });
    const draft = mkdtempSync(inData('chromium-'));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = draft;
    try {
      const { default: chromium, inflate } = await import('@sparticuz/chromium');
      await chromium.executablePath();
      await inflate(path.join(home, 'bin/al2023.tar.br'));
      writeFileSync(path.join(draft, 'fonts.conf'), fontsConf(path.join(folder, 'fonts')));
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    if (existsSync(folder)) rmSync(draft, { recursive: true, force: true });
    else renameSync(draft, folder);
  }
  return { executablePath: path.join(folder, 'chromium'), env: missingParts(folder) };
}

async function find() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && !runs(chosen)) throw new Refusal('CHROMIUM_PATH does not name a browser that runs.');
  const ready = chosen ?? installed() ?? (await playwrights());
  return ready ? { executablePath: ready, env: {} } : packed();
}

/**
 * A Chromium for tests: the one that CHROMIUM_PATH names, an installed one, Playwright's own, else the packed one.
 * @returns {Promise<{ executablePath: string, args: string[], env: Record<string, string> }>} options for a launch
 */
export async function findChromium() {
  const { executablePath, env } = await find();
  return { executablePath, args, env: { ...process.env, ...env } };
}
