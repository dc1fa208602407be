import { z } from 'zod';

const shape = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
  /** Where the background's own process listens; without it the web works in the background itself. */
  WORKER_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:3000'),
  AUTH_SECRET: z.string().min(32),
  OTP_KEY: z.string().min(32),
  LINK_KEY: z.string().min(32),
  /** Seals the audit trail; never in the database. */
  AUDIT_KEY: z.string().min(32),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** A staff session ends after so many hours, whatever happens in it, and after so many minutes in which nothing does. */
  SESSION_HOURS: z.coerce.number().int().min(1).max(24).default(12),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(2).max(720).default(30),
  /** How long a one-time password may wait for its first sign-in. */
  ONE_TIME_PASSWORD_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  /** Characters; 15 where the password is the only proof (NIST SP 800-63B-4 3.1.1.2), 8 behind a second one. */
  PASSWORD_MIN_LENGTH: z.coerce.number().int().min(8).max(64).default(15),
  FILES_DIR: z.string().min(1).default('.data/files'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  METRICS_TOKEN: z.string().min(16).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SMTP_FROM: z.string().default('Sapoche <no-reply@sapoche.example>'),
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_TOKEN: z.string().optional(),
  /** What the accounts of the demo business start with. */
  DEMO_PASSWORD: z.string().min(8).optional(),
  /** The language of the command line's sentences. */
  PORTAL_LANG: z.enum(['vi', 'en']).default('vi'),
  /** Where the server of background work reaches this process; as people reach it when left out. */
  INNGEST_SERVE_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  /** The development mode of the server of background work, in which nothing is signed. */
  INNGEST_DEV: z.string().optional(),
  /** What that server signs its requests with, and a second key while the first is being replaced. */
  INNGEST_SIGNING_KEY: z.string().min(1).optional(),
  INNGEST_SIGNING_KEY_FALLBACK: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** How many proxies of ours stand in front and append to `X-Forwarded-For`. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
});

export type Env = z.infer<typeof shape>;

let current: Env | undefined;

/** A setting that is missing or wrong; the message names each one in a single line and never shows a value. */
export class WrongSettings extends Error {}

/** The settings of this process, read once. Throws `WrongSettings`. */
export function env(): Env {
  if (current) return current;
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new WrongSettings(`Wrong settings — ${wrong.join('; ')}`);
  }
  current = parsed.data;
  return current;
}

/** Whether the server of background work signs its requests: always but in the development mode, distinguished as its SDK does. */
export const isWorkSigned = (): boolean => {
  const mode = env().INNGEST_DEV?.trim().toLowerCase() ?? '';
  return mode !== '1' && mode !== 'true' && !mode.includes('://');
};

/** The keys of background work, none where it is not signed. */
export const workKeys = (): string[] => {
  const { INNGEST_SIGNING_KEY: key, INNGEST_SIGNING_KEY_FALLBACK: former } = env();
  return isWorkSigned() ? [key, former].filter((one) => one !== undefined) : [];
};

/** Whether an address is one that people reach over https from elsewhere than this machine. */
export function isPublicAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' && !/^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Where the bundles of this build lie, and whether they are what runs; known before any setting is validated. */
export const build = {
  folder: process.env.DIST_DIR || 'dist',
  /** Of the application itself. */
  web: process.env.NEXT_DIST_DIR || '.next',
  /** In production; and in tests, where they are made for each run. */
  inUse: process.env.NODE_ENV === 'production' || (process.env.NODE_ENV === 'test' && !!process.env.DIST_DIR),
};
