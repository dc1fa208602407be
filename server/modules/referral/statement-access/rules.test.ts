import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
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
  recipientKey,
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
    for (const around of [`x${newSecret()}`, `${newSecret()}x`]) expect(looksLikeToken(around), around).toBe(false);
    expect([newNonce().length, new Set([newNonce(), newNonce()].map(String)).size]).toEqual([32, 2]);
  });

  it('counts the turns of an address under one key, however it is spelled, and of another under another', () => {
    const key = recipientKey('An@Clinic.example', KEY);
    expect(recipientKey('an@clinic.example', KEY)).toEqual(key);
    for (const other of [recipientKey('binh@clinic.example', KEY), recipientKey('an@clinic.example', `${KEY}x`)])
      expect(other).not.toEqual(key);
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
    expect(maskEmail('khanh@mail.clinic.example')).toBe('k•••@m•••.example');
    expect(maskEmail('khanh@clinic')).toBe('k•••@c•••');
    expect(maskEmail('"an@home"@clinic.example')).toBe('"•••@c•••.example');
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
    const [phone, email] = ['+84912345973', 'an@b.example'];
    const [sms, mail] = [
      { channel: 'sms', masked: '••• ••• 973' },
      { channel: 'email', masked: 'a•••@b•••.example' },
    ];
    expect(channelsOf({ phone, email })).toEqual([sms, mail]);
    expect([channelsOf({ phone, email: null }), channelsOf({ phone: null, email })]).toEqual([[sms], [mail]]);
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
    expect([agentFamily('x'.repeat(500)), agentFamily(null), agentFamily('')]).toEqual(['other', null, null]);
  });

  it.each([
    ['Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1', 'Safari, iPad'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15', 'Safari, macOS'],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/131.0 Safari/537.36', 'Chrome, ChromeOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) FxiOS/140.0 Mobile/15E148 Safari/605.1.15', 'Firefox, iPhone'],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0', 'Edge, Windows'],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 OPR/116.0', 'Opera, Windows'],
    ['Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 Chrome/125.0 Safari/537.36', 'Samsung Internet, Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) [FBAN/FBIOS;FBAV/500.0]', 'Facebook, iPhone'],
    ['Mozilla/5.0 (Android 14) Something', 'other, Android'],
  ])('name a device as its owner would: %s', (agent, family) => expect(agentFamily(agent)).toBe(family));
});
