import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { inData } from './paths.mjs';
import { Refusal } from './say.mjs';

const hex = (bytes) => randomBytes(bytes).toString('hex');

const makers = {
  authSecret: () => hex(32),
  otpKey: () => hex(32),
  linkKey: () => hex(32),
  auditKey: () => hex(32),
  documentKey: () => hex(32),
  inngestSigningKey: () => `signkey-prod-${hex(32)}`,
  inngestEventKey: () => hex(24),
  postgresPassword: () => hex(24),
  ownerPassword: () => hex(24),
  appPassword: () => hex(24),
  enginePassword: () => hex(24),
  demoPassword: () => `demo-${randomBytes(6).toString('base64url').replace(/[-_]/g, 'x')}`,
};

const file = () => inData('secrets.json');

function readStored() {
  if (!existsSync(file())) return {};
  try {
    return JSON.parse(readFileSync(file(), 'utf8'));
  } catch {
    throw new Refusal(
      `${file()} cannot be read: restore it from a copy, or delete the whole data folder to start over.`,
    );
  }
}

/** The secrets of this instance; those that are missing are made, those that exist never change. */
export function ensureSecrets() {
  const kept = readStored();
  const missing = Object.keys(makers).filter((name) => !kept[name]);
  if (missing.length === 0) return { secrets: kept, made: 0 };
  const secrets = { ...kept, ...Object.fromEntries(missing.map((name) => [name, makers[name]()])) };
  const draft = `${file()}.new`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file());
  return { secrets, made: missing.length };
}
