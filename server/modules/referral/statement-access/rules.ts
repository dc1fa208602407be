import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import {
  type Channel,
  CODE_LENGTH,
  type LinkEventKind,
  type LockoutReason,
  RESEND_SECONDS,
  type Visitor,
} from './schema';

type Bytes = Uint8Array<ArrayBuffer>;

/** How long a statement link lives. */
export const LINK_DAYS = 180;

export const sha256 = (text: string): Bytes => new Uint8Array(createHash('sha256').update(text).digest());

/** 32 random bytes, the seed of a link's token. */
export const newNonce = (): Bytes => new Uint8Array(randomBytes(32));

/** A random text of 256 bits, for cookies; it has the form of a token. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * The token of a link: base64url(HMAC-SHA256(key, nonce)), 43 characters. It can be made again whenever the link is sent, and
 * a stolen table opens nothing without the key.
 */
export const linkToken = (nonce: Uint8Array, key: string): string =>
  createHmac('sha256', key).update(nonce).digest('base64url');

/** Whether a text can be a token at all, so that anything else never reaches the database. */
export const looksLikeToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** Six digits from the system's own generator, each as likely as any other. */
export const newCode = (): string => String(randomInt(10 ** CODE_LENGTH)).padStart(CODE_LENGTH, '0');

/** Keyed, and bound to its challenge: the same code of another challenge has another hash. */
export const codeHash = (challengeId: string, code: string, key: string): Bytes =>
  new Uint8Array(createHmac('sha256', key).update(`${challengeId}:${code}`).digest());

/** The key under which the turns of a phone number or an e-mail address are counted; the number can't be read from it. */
export const recipientKey = (recipient: string, key: string): Bytes =>
  new Uint8Array(createHmac('sha256', key).update(`recipient:${recipient.toLowerCase()}`).digest());

const GAP = '•••';

/** `+84912345973` as `••• ••• 973`. */
export const maskPhone = (phone: string): string => `${GAP} ${GAP} ${phone.replace(/\D/g, '').slice(-3)}`;

/** `khanh.bui@clinic.example` as `k•••@c•••.example`: enough for its owner, too little for anybody else. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const ending = domain.includes('.') ? domain.slice(domain.lastIndexOf('.')) : '';
  return `${email.slice(0, 1)}${GAP}@${domain.slice(0, 1)}${GAP}${ending}`;
}

export type MaskedChannel = { channel: Channel; masked: string };

/** The ways to a doctor, the first one first: SMS where there is a phone. */
export function channelsOf(doctor: { phone: string | null; email: string | null }): MaskedChannel[] {
  return [
    ...(doctor.phone ? [{ channel: 'sms' as const, masked: maskPhone(doctor.phone) }] : []),
    ...(doctor.email ? [{ channel: 'email' as const, masked: maskEmail(doctor.email) }] : []),
  ];
}

// Crawlers, link previews of chat programs, scanners of mail gateways, and programs that fetch.
const MACHINE =
  /bot\b|crawl|spider|slurp|preview|facebookexternalhit|^whatsapp|^viber|skypeuri|slack|discord|embedly|curl|wget|python|java\/|okhttp|go-http|axios|node|undici|headless|phantom|lighthouse|monitor|scan|safelinks|proofpoint|mimecast|barracuda|imageproxy|http-?client|libwww|urllib|^mozilla\/[45]\.0$/i;

/** Whether a visit gives itself away as a machine's: a prefetch, a link preview, a scanner, a program. */
export function isMachine({
  method,
  agent,
  purpose,
  language,
}: Pick<Visitor, 'method' | 'agent' | 'purpose' | 'language'>): boolean {
  if (method === 'HEAD' || /prefetch|preview|prerender/i.test(purpose ?? '')) return true;
  return !agent || !language || MACHINE.test(agent);
}

const SYSTEMS: readonly [RegExp, string][] = [
  [/iphone|ipod/i, 'iPhone'],
  [/ipad/i, 'iPad'],
  [/android/i, 'Android'],
  [/windows/i, 'Windows'],
  [/cros/i, 'ChromeOS'],
  [/mac os x|macintosh/i, 'macOS'],
  [/linux/i, 'Linux'],
];

const BROWSERS: readonly [RegExp, string][] = [
  [/zalo/i, 'Zalo'],
  [/fban|fbav/i, 'Facebook'],
  [/coc_coc/i, 'Cốc Cốc'],
  [/samsungbrowser/i, 'Samsung Internet'],
  [/edg/i, 'Edge'],
  [/opr\/|opera/i, 'Opera'],
  [/firefox|fxios/i, 'Firefox'],
  [/chrome|crios|chromium/i, 'Chrome'],
  [/safari/i, 'Safari'],
];

/** The family of a browser, such as "Safari, iPhone": enough to recognise one's own device, no fingerprint. */
export function agentFamily(agent: string | null): string | null {
  if (!agent) return null;
  const named = (list: readonly [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1];
  return [named(BROWSERS) ?? 'other', named(SYSTEMS)].filter((part) => part !== undefined).join(', ');
}

export type ActivityEvent = {
  kind: LinkEventKind;
  at: Date;
  machine: boolean;
  /** Hex of the address' hash. */
  address: string | null;
  agent: string | null;
};

export type Activity = {
  opened: number;
  machineVisits: number;
  browsers: number;
  verified: number;
  failed: number;
  viewed: number;
  downloaded: number;
  firstOpenedAt: Date | null;
  lastSeenAt: Date | null;
  forwardedAt: Date | null;
};

const browserOf = (event: ActivityEvent) => `${event.agent} ${event.address}`;

/** A browser that is certainly not a machine: its page ran, or a person asked for a code in it. */
const HUMAN: ReadonlySet<LinkEventKind> = new Set([
  'confirmed',
  'otp-requested',
  'verified',
  'failed',
  'viewed',
  'downloaded',
]);

/** Too fresh to know whether what only a person's browser does will follow. */
export const isRecent = (event: { at: Date }, now: Date): boolean => now.getTime() - event.at.getTime() < 60_000;

/**
 * What the events of one link, oldest first, add up to. A visit counts as a machine's when it says so itself or when nothing
 * of what only a person's browser does ever followed from the same browser; opens of the last minute are not judged yet.
 */
export function addUp(events: readonly ActivityEvent[], now: Date): Activity {
  const people = new Set(events.filter((event) => !event.machine && HUMAN.has(event.kind)).map(browserOf));
  const isMachine = (event: ActivityEvent) => event.machine || !(people.has(browserOf(event)) || isRecent(event, now));
  const opens = events.filter((event) => event.kind === 'opened');
  const byPeople = opens.filter((event) => !isMachine(event));
  const count = (kind: LinkEventKind) => events.filter((event) => event.kind === kind && !event.machine).length;
  const seen = events.filter((event) => HUMAN.has(event.kind) && !event.machine);
  return {
    opened: byPeople.length,
    machineVisits: opens.length - byPeople.length,
    browsers: people.size,
    verified: count('verified'),
    failed: count('failed'),
    viewed: count('viewed'),
    downloaded: count('downloaded'),
    firstOpenedAt: byPeople[0]?.at ?? null,
    lastSeenAt: seen.at(-1)?.at ?? null,
    forwardedAt: passedOnAt(events),
  };
}

/**
 * When a link first looked passed on: after its owner passed the gate, a browser of another kind at another address opened it
 * or asked for a code, and never passed. One's own second device passes, so it is no sign.
 */
function passedOnAt(events: readonly ActivityEvent[]): Date | null {
  const passed = events.filter((event) => event.kind === 'verified');
  const [first] = passed;
  if (!first) return null;
  const agents = new Set(passed.map((event) => event.agent));
  const addresses = new Set(passed.map((event) => event.address));
  const stranger = events.find(
    (event) =>
      !event.machine &&
      event.at > first.at &&
      (event.kind === 'confirmed' || event.kind === 'otp-requested' || event.kind === 'failed') &&
      !agents.has(event.agent) &&
      !addresses.has(event.address),
  );
  return stranger?.at ?? null;
}

/** A code that was asked for lately, by what it shares with the current caller. */
export type AskedLately = {
  at: Date;
  sameDoctor: boolean;
  sameRecipient: boolean;
  sameAddress: boolean;
  sameBrowser: boolean;
  /** The browser that had passed before and asked; null: an unknown one. */
  knownBrowserId: string | null;
  /** Wrong tries at it. */
  failed: number;
};

type Limit = {
  most: number;
  seconds: number;
  counts: (one: AskedLately, knownBrowserId: string | null) => boolean;
  /** It refuses everybody unknown: staff is notified, and counting restarts when they unlock it. */
  ofDoctor?: boolean;
};

const HOUR = 3_600;
const DAY = 86_400;
const unknown = (one: AskedLately) => one.knownBrowserId === null;
const own: Limit['counts'] = (one, knownBrowserId) => one.knownBrowserId === knownBrowserId;

const PAUSE: Limit = { most: 1, seconds: RESEND_SECONDS, counts: (one) => one.sameDoctor || one.sameRecipient };
const NUMBER: Limit = { most: 5, seconds: HOUR, counts: (one) => one.sameRecipient };

/** Limits of asking, those of one browser and one address first: neither alone can use up what a number has. */
const ASKING: readonly Limit[] = [
  PAUSE,
  { most: 3, seconds: HOUR, counts: (one) => one.sameDoctor && one.sameBrowser },
  { most: 3, seconds: HOUR, counts: (one) => one.sameDoctor && one.sameAddress && unknown(one) },
  { most: 10, seconds: DAY, counts: (one) => one.sameDoctor && one.sameAddress && unknown(one) },
  { most: 20, seconds: HOUR, counts: (one) => one.sameAddress && unknown(one) },
  NUMBER,
  // The fifth code of an hour is kept for a browser that passed before.
  { most: 4, seconds: HOUR, counts: (one) => one.sameRecipient && unknown(one), ofDoctor: true },
  { most: 20, seconds: DAY, counts: (one) => one.sameDoctor && unknown(one), ofDoctor: true },
];

/** Limits of trying, in wrong tries. 100 in a row is the most that NIST SP 800-63B-4 (3.2.2) allows an account. */
const TRYING: readonly Limit[] = [
  { most: 15, seconds: DAY, counts: (one) => one.sameBrowser },
  { most: 30, seconds: DAY, counts: (one) => one.sameDoctor && one.sameAddress && unknown(one) },
  { most: 100, seconds: DAY, counts: (one) => one.sameAddress && unknown(one) },
  { most: 100, seconds: DAY, counts: (one) => one.sameDoctor && unknown(one), ofDoctor: true },
];

// The limits of a browser that passed before are its own; only the pause and the hour of the number are shared.
const KNOWN_ASKING: readonly Limit[] = [PAUSE, NUMBER, { most: 10, seconds: DAY, counts: own }];
const KNOWN_TRYING: readonly Limit[] = [{ most: 15, seconds: DAY, counts: own }];

/** Why somebody is refused: seconds to wait, and what staff is notified of where everybody unknown is refused. */
export type Refusal = { seconds: number; lockout: LockoutReason | null };

/** What the limits go by: what was asked for within a day, in any order, and who asks or tries now. */
export type Standing = {
  asked: readonly AskedLately[];
  knownBrowserId: string | null;
  unlockedAt: Date | null;
  now: Date;
};

/** Whether a living code may be tried now. */
export const refuseTrying = (standing: Standing): Refusal | null =>
  firstExceeded(standing.knownBrowserId ? KNOWN_TRYING : TRYING, standing, 'tries');

/** Whether a code may be asked for now. Where no code helps an unknown browser any more, none is sent to one either. */
export const refuseAsking = (standing: Standing): Refusal | null =>
  firstExceeded(standing.knownBrowserId ? KNOWN_ASKING : ASKING, standing, 'codes') ?? refuseTrying(standing);

function firstExceeded(
  limits: readonly Limit[],
  { asked, knownBrowserId, unlockedAt, now }: Standing,
  reason: LockoutReason,
): Refusal | null {
  const newestFirst = asked.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  for (const { most, seconds, counts, ofDoctor = false } of limits) {
    let used = 0;
    for (const one of newestFirst) {
      const left = seconds - (now.getTime() - one.at.getTime()) / 1000;
      if (left <= 0 || !counts(one, knownBrowserId)) continue;
      if (ofDoctor && unlockedAt && one.at <= unlockedAt) continue;
      used += reason === 'codes' ? 1 : one.failed;
      // Until the oldest of those that fill it leaves the window.
      if (used >= most) return { seconds: Math.ceil(left), lockout: ofDoctor ? reason : null };
    }
  }
  return null;
}
