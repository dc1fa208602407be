import { createHash } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { authOptions } from '@/server/api/auth';
import { markOf, withMark } from '@/server/modules/core/identity/rules';
import { openSession } from '@/server/modules/core/identity/use-cases/open-session';
import { signIn } from '@/server/modules/core/identity/use-cases/sign-in';
import { asPortalError } from '@/server/platform/errors';
import { hashPassword } from '@/server/platform/passwords';
import { withDatabase } from '../integration/database';
import { oneOf, rowsOf } from '../integration/till-fixture';

// The real hash function, counted.
vi.mock('@node-rs/argon2', async (real) => {
  const argon2 = await real<typeof import('@node-rs/argon2')>();
  return { ...argon2, verify: vi.fn(argon2.verify) };
});

withDatabase();

const RIGHT = 'the right words of Mai';
const WRONG = 'some other words here';
const HOME = 'address-of-the-owner';

let email = '';
const person = async (active = true) => {
  const made = `p${crypto.randomUUID()}@portal.test`;
  await rowsOf(
    `INSERT INTO app_user (email, name, role, password_hash, active) VALUES ($1, 'Mai', 'finance', $2, $3)`,
    [made, await hashPassword(RIGHT), active],
  );
  return made;
};
beforeEach(async () => {
  await rowsOf('DELETE FROM rate_limit');
  email = await person();
});

/** What a sign-in answers: who it is, or the code of the refusal. */
async function answerTo(given: { email: string; password: string; from: string; browser?: string }): Promise<string> {
  const { email: asked, password, from, browser = null } = given;
  try {
    const correlationId = crypto.randomUUID();
    const who = await signIn({ email: asked, password, addressHash: from, browser, correlationId });
    return who.email;
  } catch (error) {
    return asPortalError(error).code;
  }
}
const times = async (n: number, work: (index: number) => Promise<string>) => {
  const answers: string[] = [];
  for (let index = 0; index < n; index += 1) answers.push(await work(index));
  return answers;
};

describe('throttling by account and address together', () => {
  it('an attacker at another address does not lock the owner out', async () => {
    const answers = await times(40, () => answerTo({ email, password: WRONG, from: 'attacker' }));
    expect(answers).toContain('too_many_tries');
    expect(await answerTo({ email, password: RIGHT, from: 'attacker' })).toBe('too_many_tries');
    expect(await answerTo({ email, password: RIGHT, from: HOME })).toBe(email);
  });

  it('attackers at many addresses do not lock the owner out either', async () => {
    await times(60, (index) => answerTo({ email, password: WRONG, from: `attacker-${index % 20}` }));
    expect(await answerTo({ email, password: RIGHT, from: HOME })).toBe(email);
  });

  it('one address that tries many accounts is stopped', async () => {
    const answers = await times(80, (index) =>
      answerTo({ email: `nobody-${index}@portal.test`, password: WRONG, from: 'sprayer' }),
    );
    expect(answers.at(-1)).toBe('too_many_tries');
    expect(await answerTo({ email, password: RIGHT, from: HOME })).toBe(email);
  });

  it('many people of one house sign in from one address without being stopped', async () => {
    const answers = await times(80, () => answerTo({ email, password: RIGHT, from: 'the-house' }));
    expect(new Set(answers)).toEqual(new Set([email]));
  });

  it('guesses from a thousand addresses stop strangers, and not who has been signed in from there before', async () => {
    await answerTo({ email, password: WRONG, from: 'attacker' });
    const { count } = await full();
    expect(count).toBe(1);
    expect(await answerTo({ email, password: RIGHT, from: 'yet-another' })).toBe('too_many_tries');
    const who = await oneOf<{ id: string; epoch: number }>(
      'SELECT id, session_epoch AS epoch FROM app_user WHERE email = $1',
      [email],
    );
    const caller = { addressHash: HOME, network: null, browser: null };
    await openSession({ who, proof: 'password', caller, previous: null, correlationId: 'test' });
    expect(await answerTo({ email, password: RIGHT, from: HOME })).toBe(email);
  });

  /** As after a thousand wrong tries at the account. */
  async function full(): Promise<{ count: number }> {
    const rows = await rowsOf(`UPDATE rate_limit SET points = 1000 WHERE key LIKE 'sign-in-account:%' RETURNING key`);
    return { count: rows.length };
  }

  it('keeps no e-mail among the counters', async () => {
    await answerTo({ email, password: WRONG, from: HOME });
    const keys = await rowsOf<{ key: string }>('SELECT key FROM rate_limit');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter(({ key }) => key.includes('@'))).toEqual([]);
  });
});

describe('a browser from which the account was signed in before', () => {
  const CLINIC = 'the-clinic';
  const KEY = () => process.env.AUTH_SECRET ?? '';
  async function known(of = email, at = new Date()): Promise<string> {
    const who = await oneOf<{ id: string; epoch: number }>(
      'SELECT id, session_epoch AS epoch FROM app_user WHERE email = $1',
      [of],
    );
    return withMark(null, KEY(), who, at);
  }
  const spray = () =>
    times(61, (index) => answerTo({ email: `nobody-${index}@portal.test`, password: WRONG, from: CLINIC }));

  it('is let through where somebody behind the same address has guessed too often', async () => {
    const browser = await known();
    await spray();
    await times(11, () => answerTo({ email, password: WRONG, from: CLINIC }));
    expect(await answerTo({ email, password: RIGHT, from: CLINIC })).toBe('too_many_tries');
    expect(await answerTo({ email, password: RIGHT, from: CLINIC, browser })).toBe(email);
  });

  it('has ten tries of its own, and cannot be guessed from without end', async () => {
    const browser = await known();
    const answers = await times(12, () => answerTo({ email, password: WRONG, from: CLINIC, browser }));
    expect(answers.filter((answer) => answer === 'wrong_credentials')).toHaveLength(10);
    expect(await answerTo({ email, password: RIGHT, from: CLINIC, browser })).toBe('too_many_tries');
    // Nor does what it used up stop anybody else.
    expect(await answerTo({ email, password: RIGHT, from: CLINIC })).toBe(email);
  });

  it('is counted under a name by which its mark cannot be used, and has its turns back with the right password', async () => {
    const browser = await known();
    await answerTo({ email, password: WRONG, from: CLINIC, browser });
    const name = createHash('sha256').update(browser).digest('base64url').slice(0, 22);
    const counted = () => rowsOf('SELECT key, points FROM rate_limit');
    expect(await counted()).toEqual([{ key: `sign-in-browser:${name}`, points: 1 }]);
    expect(await answerTo({ email, password: RIGHT, from: CLINIC, browser })).toBe(email);
    expect(await counted()).toEqual([]);
  });

  it('is none for another account, nor after a change of the password, nor for ever, nor by a forged mark', async () => {
    const other = await person();
    const old = await known(email, new Date(Date.now() - 91 * 86_400_000));
    const [mine, others] = [await known(), await known(other)];
    const forged = withMark(null, 'k'.repeat(32), { id: 'x', epoch: 0 }, new Date());
    await rowsOf('UPDATE app_user SET password_hash = $2 WHERE email = $1', [email, await hashPassword(RIGHT)]);
    await spray();
    for (const browser of [mine, others, old, forged, '~~~', '..', 'x'.repeat(9_000)])
      expect(await answerTo({ email, password: RIGHT, from: CLINIC, browser })).toBe('too_many_tries');
    expect(await answerTo({ email: other, password: RIGHT, from: CLINIC, browser: others })).toBe(other);
  });

  it('knows the people who share it, the newest eight', async () => {
    const people = Array.from({ length: 10 }, (_, n) => ({ id: `p${n}`, epoch: 0 }));
    let kept: string | null = null;
    for (const who of [...people, ...people.slice(-1)]) kept = withMark(kept, KEY(), who, new Date());
    expect(people.map((who) => markOf(kept, KEY(), who, new Date()) !== null)).toEqual([
      ...[false, false],
      ...Array(8).fill(true),
    ]);
    expect((kept ?? '').length).toBeLessThan(1_000);
  });
});

describe('one answer and equal work', () => {
  /** Answer, verifications of a hash and entries of the audit trail that one try makes. */
  async function tried(asked: string): Promise<{ answer: string; verifications: number; entries: number }> {
    vi.mocked(verify).mockClear();
    const count = async () => Number((await rowsOf<{ n: string }>('SELECT count(*) AS n FROM audit_entry'))[0]?.n);
    const before = await count();
    const answer = await answerTo({ email: asked, password: WRONG, from: `from-${crypto.randomUUID()}` });
    return { answer, verifications: vi.mocked(verify).mock.calls.length, entries: (await count()) - before };
  }
  const same = { answer: 'wrong_credentials', verifications: 1, entries: 1 };

  it('for a wrong password, an unknown account and an inactive one', async () => {
    expect(await tried(email)).toEqual(same);
    expect(await tried('nobody@portal.test')).toEqual(same);
    expect(await tried(await person(false))).toEqual(same);
  });

  it('for an account that others have been trying', async () => {
    await times(40, (index) => answerTo({ email, password: WRONG, from: `attacker-${index % 7}` }));
    expect(await tried(email)).toEqual(same);
    const unknown = 'nobody-either@portal.test';
    await times(40, (index) => answerTo({ email: unknown, password: WRONG, from: `attacker-${index % 7}` }));
    expect(await tried(unknown)).toEqual(same);
  });

  it('for an inactive account even with the right password', async () => {
    const gone = await person(false);
    expect(await answerTo({ email: gone, password: RIGHT, from: HOME })).toBe('wrong_credentials');
  });
});

describe('where a sign-in leads on to', () => {
  const led = (url: string) => authOptions().callbacks?.redirect?.({ url, baseUrl: 'http://portal.test' });

  it.each([
    '/\t/evil.test',
    '/\n/evil.test',
    '/\\evil.test',
    '//evil.test',
    '\\\\evil.test',
    'https://evil.test/orders',
  ])('never another site: %j', async (url) => {
    const target = new URL(String(await led(url)), 'http://portal.test');
    expect(target.origin).toBe('http://portal.test');
  });

  it('a page of the portal, named by its path or in full', async () => {
    expect(await led('/orders?q=1')).toBe('http://portal.test/orders?q=1');
    expect(await led('http://portal.test/orders?q=1')).toBe('http://portal.test/orders?q=1');
  });
});
