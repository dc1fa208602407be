import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { PortalError } from './errors';
import { FairQueue } from './fair-queue';

// argon2id with the first parameters of OWASP's password storage sheet: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One of the same cost that nothing hashes to: verifying against it takes what any other verification takes. */
const DUMMY_HASH = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const AGAIN_SECONDS = 5;

/**
 * A processor is left to the till, however many sign in or guess at once; a caller who finds the queue full is asked to retry.
 * Whose password it is makes no difference, nor whether there is one.
 */
const turns = new FairQueue(
  {
    together: Math.max(1, availableParallelism() - 1),
    perOwner: Number.POSITIVE_INFINITY,
    waitingPerOwner: 256,
    waitMs: 20_000,
  },
  () => new PortalError('limited', 'too_many_tries', { params: { seconds: AGAIN_SECONDS } }),
);
const inTurn = <T>(work: () => Promise<T>): Promise<T> => turns.run('everybody', work);

/** Keyboards write the same letters in several ways; whole and unshortened, as NIST SP 800-63B-4 3.1.1.2 has it. */
const normalized = (password: string) => password.normalize('NFKC');

/** Throws `too_many_tries` where hundreds wait. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normalized(password), COST));

/**
 * Whether a password fits. Without a hash to compare it takes just as long, so that timing reveals nothing. Throws `too_many_tries`
 * where hundreds wait.
 */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await inTurn(() => verify(passwordHash ?? DUMMY_HASH, normalized(password)));
  return passwordHash !== null && fits;
}

// Fewer guesses than this and a list of common passwords with its usual variations gets there.
const GUESSES = 1e10;
const LOOKED_AT = 64;
const OWN_WORDS = ['sapoche', 'portal'];
const LEFT_OVER = 8;

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

/** Words about the person and the organisation, which make a password guessable. */
const wordsOf = (known: readonly string[]) =>
  [...known, ...OWN_WORDS]
    .map(plain)
    .flatMap((text) => [text, text.replace(/[^a-z0-9]/g, ''), ...text.split(/[^a-z0-9]+/)])
    .filter((word) => word.length >= 4)
    .sort((one, other) => other.length - one.length);

/** Whether little is left of a password without the words that everybody knows who knows the person (ASVS 5.0 V6.2.11). */
function consistsOf(password: string, words: readonly string[]): boolean {
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), plain(password));
  return rest.length < LEFT_OVER && rest.length < password.length;
}

// 49,000 passwords from leaks, by zxcvbn. Read when the first person chooses a password, and kept.
let estimator: Promise<(password: string, words: string[]) => number> | undefined;
const loadEstimator = async () => {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const made = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });
  return (password: string, words: string[]) => made.check(password, words).guesses;
};

/**
 * Whether a password is among the common ones, is one of them repeated, lengthened or written with digits for letters, a run
 * of keys, or made of what is known of the person (`known`: name, e-mail).
 */
export async function isGuessable(password: string, known: readonly string[]): Promise<boolean> {
  const words = wordsOf(known);
  if (consistsOf(password, words)) return true;
  estimator ??= loadEstimator();
  const guesses = await estimator;
  // Many thousand characters would keep the process busy; when the beginning is good, the whole is.
  return guesses(normalized(password).slice(0, LOOKED_AT), words) < GUESSES;
}
