import { Refusal } from './say.mjs';

const isUrl = (text, protocols) => URL.canParse(text) && protocols.includes(new URL(text).protocol);
const isPort = (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
const isWeb = (text) => isUrl(text, ['http:', 'https:']);
const isDatabase = (text) => isUrl(text, ['postgres:', 'postgresql:']);

const rules = {
  PORT: [isPort, 'a port from 1 to 65535'],
  ENGINE_PORT: [isPort, 'a port from 1 to 65535'],
  DATABASE_URL: [isDatabase, 'a postgresql:// address'],
  MIGRATION_DATABASE_URL: [isDatabase, 'a postgresql:// address'],
  ENGINE_DATABASE_URL: [isDatabase, 'a postgresql:// address'],
  PUBLIC_URL: [isWeb, 'an http:// or https:// address'],
  NEXTAUTH_URL: [isWeb, 'an http:// or https:// address'],
  INNGEST_BASE_URL: [isWeb, 'an http:// or https:// address'],
  INNGEST_SERVE_ORIGIN: [isWeb, 'an http:// or https:// address'],
};

/** Settings of the application itself that have no generated value. */
export const applicationSettings = [
  'DATABASE_POOL',
  'LOG_LEVEL',
  'METRICS_TOKEN',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_ISSUER',
  'ONE_TIME_PASSWORD_HOURS',
  'PASSWORD_MIN_LENGTH',
  'SESSION_HOURS',
  'SESSION_IDLE_MINUTES',
  'SMS_TOKEN',
  'SMS_URL',
  'SMTP_FROM',
  'SMTP_URL',
  'TRUST_PROXY',
];

const keys = ['AUTH_SECRET', 'NEXTAUTH_SECRET', 'OTP_KEY', 'LINK_KEY', 'AUDIT_KEY', 'DOCUMENT_KEY', 'DEMO_PASSWORD'];
const engine = ['INNGEST_DEV', 'INNGEST_SIGNING_KEY', 'INNGEST_EVENT_KEY'];
const places = ['FILES_DIR', 'NEXT_DIST_DIR', 'DIST_DIR', 'PORTAL_DEMO'];

/** Every setting of the portal that an operator may have in the environment. */
export const ownSettings = [...Object.keys(rules), ...applicationSettings, ...keys, ...engine, ...places];

/** Settings as given; an empty one counts as not given, a wrong one is a refusal that names it and never shows its value. */
export function readSettings(given = process.env) {
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  for (const [name, [isRight, expected]] of Object.entries(rules)) {
    if (settings[name] !== undefined && !isRight(settings[name])) throw new Refusal(`${name} must be ${expected}.`);
  }
  if (settings.INNGEST_BASE_URL && !(settings.INNGEST_SIGNING_KEY && settings.INNGEST_EVENT_KEY)) {
    throw new Refusal('INNGEST_BASE_URL needs INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY beside it.');
  }
  return settings;
}
