import { describe, expect, it } from 'vitest';
import { lengthOf, makeOneTimePassword } from './rules';

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
