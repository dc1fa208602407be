import { describe, expect, it } from 'vitest';
import { type AskedLately, refuseAsking, refuseTrying, type Standing } from '../rules';

const NOW = new Date('2026-11-05T12:00:00Z');
const HOUR = 3_600;
const DAY = 86_400;

/** A code that was asked for so many seconds ago, with nothing in common with the caller but the parts. */
const code = (ago: number, parts: Partial<AskedLately> = {}): AskedLately => ({
  at: new Date(NOW.getTime() - ago * 1000),
  sameDoctor: false,
  sameRecipient: false,
  sameAddress: false,
  sameBrowser: false,
  knownBrowserId: null,
  failed: 0,
  ...parts,
});
const codes = (many: number, ago: number, parts: Partial<AskedLately>) =>
  Array.from({ length: many }, () => code(ago, parts));

type Who = Partial<Pick<Standing, 'knownBrowserId' | 'unlockedAt'>>;
const standing = (asked: AskedLately[], who: Who = {}): Standing => ({
  asked,
  knownBrowserId: null,
  unlockedAt: null,
  now: NOW,
  ...who,
});

type Case = {
  says: string;
  most: number;
  window: number;
  /** What a code must have in common with the caller to count; without any one of these it does not. */
  common: Partial<AskedLately>;
  lockout?: 'codes' | 'tries';
  who?: Who;
};

const KNOWN = { knownBrowserId: 'one' };

/** Each thing in common left out, and the one browser for another. */
const without = (common: Partial<AskedLately>): Partial<AskedLately>[] =>
  Object.keys(common).map((name) => ({ ...common, [name]: name === 'knownBrowserId' ? null : false }));

describe('asking for codes', () => {
  const ASKING: Case[] = [
    { says: 'one browser at a doctor', most: 3, window: HOUR, common: { sameDoctor: true, sameBrowser: true } },
    { says: 'one address at a doctor', most: 3, window: HOUR, common: { sameDoctor: true, sameAddress: true } },
    {
      says: 'one address at a doctor in a day',
      most: 10,
      window: DAY,
      common: { sameDoctor: true, sameAddress: true },
    },
    { says: 'one address at all doctors', most: 20, window: HOUR, common: { sameAddress: true } },
    {
      says: 'one number by unknown browsers',
      most: 4,
      window: HOUR,
      common: { sameRecipient: true },
      lockout: 'codes',
    },
    { says: 'one doctor by unknown browsers', most: 20, window: DAY, common: { sameDoctor: true }, lockout: 'codes' },
    {
      says: 'a browser that passed before',
      most: 10,
      window: DAY,
      common: { ...KNOWN, sameAddress: true },
      who: KNOWN,
    },
    { says: 'a number by one that passed', most: 5, window: HOUR, common: { sameRecipient: true }, who: KNOWN },
  ];

  it.each(ASKING)('has a limit: $says', ({ most, window, common, lockout = null, who }) => {
    // What counts for a day is spread so that no limit of an hour is met.
    const ago = window === DAY ? HOUR + 0.5 : 60.5;
    const ask = (asked: AskedLately[]) => refuseAsking(standing(asked, who));
    expect(ask(codes(most - 1, ago, common))).toBeNull();
    expect(ask(codes(most, ago, common))).toEqual({ seconds: window - Math.floor(ago), lockout });
    const counted = who ? [{ sameRecipient: false, knownBrowserId: null }] : without(common);
    for (const other of counted) expect(ask(codes(most, ago, { ...common, ...other }))).toBeNull();
    const old = (seconds: number) => ask([...codes(most - 1, ago, common), code(seconds, common)]);
    expect([old(window - 0.5), old(window)]).toEqual([{ seconds: 1, lockout }, null]);
  });

  it('does not count an unknown browser’s limits against one that passed before, nor the other way round', () => {
    const passed = { sameDoctor: true, sameAddress: true, sameRecipient: false, knownBrowserId: 'another' };
    expect(refuseAsking(standing(codes(30, HOUR + 1, passed)))).toBeNull();
    expect(refuseAsking(standing(codes(30, 60, { sameAddress: true, knownBrowserId: 'another' })))).toBeNull();
    expect(refuseAsking(standing(codes(4, 60, { sameRecipient: true, knownBrowserId: 'another' })))).toBeNull();
    // All five of a number, whoever asked for them, and nobody is locked out by that.
    const whole = codes(5, 60, { sameRecipient: true, knownBrowserId: 'another' });
    expect(refuseAsking(standing(whole))).toEqual({ seconds: HOUR - 60, lockout: null });
    expect(refuseAsking(standing(codes(30, 60, { sameDoctor: true, sameAddress: true }), KNOWN))).toBeNull();
  });

  it('pauses for half a minute, whoever asked for that doctor or that number, and for nobody else', () => {
    for (const who of [{}, KNOWN]) {
      const ask = (ago: number, parts: Partial<AskedLately>) => refuseAsking(standing([code(ago, parts)], who));
      for (const common of [{ sameDoctor: true }, { sameRecipient: true }])
        expect([ask(29.5, common), ask(30, common)]).toEqual([{ seconds: 1, lockout: null }, null]);
      expect(ask(1, { sameAddress: true, sameBrowser: true })).toBeNull();
    }
  });

  it('waits until the oldest of those that fill a limit leaves its window, in whatever order they come', () => {
    const common = { sameDoctor: true, sameBrowser: true, knownBrowserId: 'another' };
    const asked = [100, 3_000, 50, 2_000].map((ago) => code(ago, common));
    expect(refuseAsking(standing(asked))).toEqual({ seconds: HOUR - 2_000, lockout: null });
  });

  it('sends no code where none helps any more: an unknown browser’s, and one’s own', () => {
    const spent = { sameDoctor: true, failed: 5 };
    expect(refuseAsking(standing(codes(19, HOUR + 1, { ...spent, failed: 0 })))).toBeNull();
    expect(refuseAsking(standing(codes(19, HOUR + 1, { ...spent, failed: 6 })))).toEqual({
      seconds: DAY - HOUR - 1,
      lockout: 'tries',
    });
    const own = codes(3, 7_200, { ...KNOWN, failed: 5 });
    expect(refuseAsking(standing(own, KNOWN))).toEqual({ seconds: DAY - 7_200, lockout: null });
    expect(refuseAsking(standing(own))).toBeNull();
  });
});

describe('trying codes', () => {
  const TRYING: Case[] = [
    { says: 'one browser', most: 15, window: DAY, common: { sameBrowser: true } },
    { says: 'one address at a doctor', most: 30, window: DAY, common: { sameDoctor: true, sameAddress: true } },
    { says: 'one address at all doctors', most: 100, window: DAY, common: { sameAddress: true } },
    { says: 'one doctor by unknown browsers', most: 100, window: DAY, common: { sameDoctor: true }, lockout: 'tries' },
    { says: 'a browser that passed before', most: 15, window: DAY, common: KNOWN, who: KNOWN },
  ];

  it.each(TRYING)('has a limit: $says', ({ most, common, lockout = null, who }) => {
    const attempt = (asked: AskedLately[]) => refuseTrying(standing(asked, who));
    const tries = (many: number, ago = 60) => [
      code(ago, { ...common, failed: many - 1 }),
      code(30, { ...common, failed: 1 }),
    ];
    expect(attempt(tries(most - 1))).toBeNull();
    expect(attempt(tries(most))).toEqual({ seconds: DAY - 60, lockout });
    expect([attempt(tries(most, DAY - 1)), attempt(tries(most, DAY))]).toEqual([{ seconds: 1, lockout }, null]);
    for (const other of without(common)) expect(attempt([code(60, { ...other, failed: most })])).toBeNull();
    // Codes that were asked for are no tries.
    expect(attempt(codes(most, 60, common))).toBeNull();
  });

  it('of a browser that passed before count against itself alone', () => {
    const common = { sameDoctor: true, sameAddress: true, sameBrowser: false, failed: 500 };
    expect(refuseTrying(standing([code(60, { ...common, knownBrowserId: 'another' })]))).toBeNull();
    expect(refuseTrying(standing([code(60, { ...common, knownBrowserId: 'another' })], KNOWN))).toBeNull();
    expect(refuseTrying(standing([code(60, common)], KNOWN))).toBeNull();
  });
});

describe('what staff has unlocked', () => {
  const unlockedAt = new Date(NOW.getTime() - 60_000);
  const ask = (asked: AskedLately[]) => refuseAsking(standing(asked, { unlockedAt }));
  const attempt = (asked: AskedLately[]) => refuseTrying(standing(asked, { unlockedAt }));

  it('counts again from that moment, for everybody unknown', () => {
    const number = { sameRecipient: true };
    expect([ask(codes(4, 60, number)), ask(codes(4, 59, number))]).toEqual([
      null,
      { seconds: HOUR - 59, lockout: 'codes' },
    ]);
    const doctor = { sameDoctor: true, failed: 100 };
    expect([attempt([code(60, doctor)]), attempt([code(59, doctor)])]).toEqual([
      null,
      { seconds: DAY - 59, lockout: 'tries' },
    ]);
  });

  it('leaves the limits of one browser, one address and one number as they are', () => {
    const browser = { sameDoctor: true, sameBrowser: true };
    expect(ask(codes(3, 61, browser))).toEqual({ seconds: HOUR - 61, lockout: null });
    expect(ask(codes(5, 61, { sameRecipient: true }))).toEqual({ seconds: HOUR - 61, lockout: null });
    expect(attempt([code(61, { sameAddress: true, failed: 100 })])).toEqual({ seconds: DAY - 61, lockout: null });
  });
});
