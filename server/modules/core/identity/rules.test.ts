import { describe, expect, it } from 'vitest';
import { lengthOf, makeOneTimePassword, networkOf } from './rules';

describe('one-time passwords', () => {
  it('are readable and never alike', () => {
    const made = Array.from({ length: 200 }, makeOneTimePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  });
});

describe('the length of a password', () => {
  it('is counted in characters, the same however a keyboard writes them', () => {
    expect(lengthOf('mật khẩu'.normalize('NFC'))).toBe(8);
    expect(lengthOf('mật khẩu'.normalize('NFD'))).toBe(8);
    expect(lengthOf('👩‍⚕️🔑')).toBe(lengthOf('👩‍⚕️') + 1);
  });
});

describe('the network of an address', () => {
  it('is shown without what identifies one machine', () => {
    expect(networkOf('203.0.113.77')).toBe('203.0.113.0/24');
    expect(networkOf('2001:db8:1:2::/64')).toBe('2001:db8:1:2::/64');
    expect(networkOf('0:0:0:0::/64')).toBe('::1');
    expect([networkOf(null), networkOf('')]).toEqual([null, null]);
  });
});
