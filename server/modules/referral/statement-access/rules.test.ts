import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActivityEvent,
  addUp,
  agentFamily,
  channelsOf,
  codeHash,
  isMachine,
  linkToken,
  looksLikeToken,
  maskEmail,
  maskPhone,
  newCode,
  newNonce,
  newSecret,
} from './rules';
import { codeInput } from './schema';

const KEY = 'k'.repeat(32);

describe('tokens and codes', () => {
  it('makes the same token again from the same nonce, and another with another key', () => {
    const nonce = newNonce();
    expect(linkToken(nonce, KEY)).toBe(linkToken(nonce, KEY));
    expect(linkToken(nonce, `${KEY}x`)).not.toBe(linkToken(nonce, KEY));
    expect(looksLikeToken(linkToken(nonce, KEY))).toBe(true);
    expect(looksLikeToken(newSecret())).toBe(true);
    expect(looksLikeToken('../../etc/passwd')).toBe(false);
  });

  it('makes codes of six digits, zeros in front included', () => {
    const codes = Array.from({ length: 2000 }, newCode);
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(1900);
  });

  it('binds the hash of a code to its challenge', () => {
    expect(codeHash('a', '123456', KEY)).not.toEqual(codeHash('b', '123456', KEY));
  });

  it('reads a code however it is typed or pasted', () => {
    for (const typed of ['123456', ' 123 456 ', '123-456', '１２３４５６'])
      expect(codeInput.parse(typed)).toBe('123456');
    for (const wrong of ['12345', '1234567', 'abc', '']) expect(codeInput.safeParse(wrong).success).toBe(false);
  });
});

describe('masks', () => {
  it('keep the end of a number and the first letters of an address', () => {
    expect(maskPhone('+84912345973')).toBe('••• ••• 973');
    expect(maskEmail('khanh.bui@clinic.example')).toBe('k•••@c•••.example');
  });

  it('never hold the address itself', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const [local = ''] = address.split('@');
        return local.length < 2 || !maskEmail(address).startsWith(`${local}@`);
      }),
    );
  });

  it('name SMS first', () => {
    expect(channelsOf({ phone: '+84912345973', email: 'a@b.example' }).map((way) => way.channel)).toEqual([
      'sms',
      'email',
    ]);
    expect(channelsOf({ phone: null, email: null })).toEqual([]);
  });
});

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const ZALO =
  'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 Version/4.0 Chrome/131.0 Mobile Safari/537.36 Zalo android/24110001';
const COC_COC =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0 Chrome/124.0 Safari/537.36';

describe('machines', () => {
  const visit = (parts: Partial<Parameters<typeof isMachine>[0]> = {}) =>
    isMachine({ method: 'GET', agent: SAFARI, purpose: null, language: 'vi-VN', ...parts });

  it('are known by what they say of themselves', () => {
    const agents = [
      'WhatsApp/2.24.6 A',
      'TelegramBot (like TwitterBot)',
      'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      'curl/8.5.0',
      'python-requests/2.32',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 HeadlessChrome/131.0 Safari/537.36',
      null,
    ];
    for (const agent of agents) expect(visit({ agent }), String(agent)).toBe(true);
    expect(visit({ method: 'HEAD' })).toBe(true);
    expect(visit({ purpose: 'prefetch;prerender' })).toBe(true);
    expect(visit({ language: null })).toBe(true);
  });

  it('are not the browsers of people, chat programs included', () => {
    for (const agent of [SAFARI, ZALO, COC_COC]) expect(visit({ agent }), agent).toBe(false);
  });

  it('do not blur the families of browsers', () => {
    expect([SAFARI, ZALO, COC_COC].map(agentFamily)).toEqual(['Safari, iPhone', 'Zalo, Android', 'Cốc Cốc, Windows']);
    expect(agentFamily('x'.repeat(500))).toBe('other');
  });
});

describe('the life of a link', () => {
  const start = new Date('2026-11-05T08:00:00Z').getTime();
  const now = new Date(start + 3_600_000);
  const event = (kind: ActivityEvent['kind'], minute: number, parts: Partial<ActivityEvent> = {}): ActivityEvent => ({
    kind,
    at: new Date(start + minute * 60_000),
    machine: false,
    address: 'home',
    agent: 'Safari, iPhone',
    ...parts,
  });
  const own = [
    event('opened', 0),
    event('confirmed', 0),
    event('otp-requested', 1),
    event('verified', 2),
    event('viewed', 2),
  ];
  const stranger = { address: 'office', agent: 'Chrome, Windows' };

  it('counts a visit that nothing follows as a machine, once it is a minute old', () => {
    const silent = event('opened', 5, { address: 'cloud', agent: 'Chrome, Linux' });
    expect(addUp([...own, silent], now)).toMatchObject({
      opened: 1,
      machineVisits: 1,
      browsers: 1,
      verified: 1,
      viewed: 1,
    });
    expect(addUp([...own, silent], new Date(silent.at.getTime() + 30_000))).toMatchObject({
      opened: 2,
      machineVisits: 0,
    });
  });

  it('is passed on when a stranger comes after the owner, not when the owner takes another device', () => {
    expect(addUp(own, now).forwardedAt).toBeNull();
    const opened = [event('opened', 9, stranger), event('confirmed', 9, stranger)];
    expect(addUp([...own, ...opened], now).forwardedAt).toEqual(new Date(start + 9 * 60_000));
    expect(addUp([...own, ...opened, event('verified', 10, stranger)], now).forwardedAt).toBeNull();
    expect(addUp([...own, event('opened', 9, { ...stranger, machine: true })], now).forwardedAt).toBeNull();
    expect(addUp([...own, event('confirmed', 9, { address: 'train' })], now).forwardedAt).toBeNull();
  });

  it('is empty before anything happened', () => {
    expect(addUp([], now)).toMatchObject({ opened: 0, browsers: 0, firstOpenedAt: null, lastSeenAt: null });
  });
});
