import { describe, expect, it } from 'vitest';
import { lengthOf, makeOneTimePassword, markOf, networkOf, withMark } from './rules';

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
    expect([networkOf('v203.0.113.77'), networkOf('203.0.113.77:8')]).toEqual(['v203.0.113.77', '203.0.113.77:8']);
  });
});

describe('what a browser is known by', () => {
  const key = 'k'.repeat(32);
  const who = { id: 'one', epoch: 3 };
  const now = new Date('2026-11-01T00:00:00.900Z');
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
  const kept = withMark(null, key, who, now);

  it('proves one account in its epoch, under the portal’s key, for ninety days', () => {
    expect(markOf(kept, key, who, now)).toBe(kept);
    expect(markOf(kept, key, who, later(89.999))).toBe(kept);
    expect(markOf(kept, key, who, later(90))).toBeNull();
    expect(markOf(kept, key, { ...who, epoch: 4 }, now)).toBeNull();
    expect(markOf(kept, key, { ...who, id: 'two' }, now)).toBeNull();
    expect(markOf(kept, 'another key of the same length....', who, now)).toBeNull();
    expect(kept).toMatch(/^[0-9a-z]+\.[\w-]{16}\.[\w-]{43}$/);
    expect(kept.split('.')[0]).toBe(Math.floor(now.getTime() / 1000).toString(36));
  });

  it.each([null, '', '~', 'x.y.z', `${kept.slice(0, -4)}AAAA`, kept.split('.').slice(0, 2).join('.')])(
    'is nothing where there is no such mark: %s',
    (text) => {
      expect(markOf(text, key, who, now)).toBeNull();
    },
  );

  it('is kept for eight people, the newest first, once each', () => {
    const people = Array.from({ length: 9 }, (_, n) => ({ id: String(n), epoch: 0 }));
    const all = people.reduce<string | null>((before, one) => withMark(before, key, one, now), null) ?? '';
    expect(all.split('~')).toHaveLength(8);
    expect(markOf(all, key, { id: '0', epoch: 0 }, now)).toBeNull();
    expect(markOf(all, key, { id: '1', epoch: 0 }, now)).toBe(all.split('~').at(-1));
    expect(markOf(all, key, { id: '8', epoch: 0 }, now)).toBe(all.split('~')[0]);
    const again = withMark(all, key, { id: '4', epoch: 0 }, later(1));
    expect(again.split('~')).toHaveLength(8);
    expect(markOf(again, key, { id: '4', epoch: 0 }, later(90))).toBe(again.split('~')[0]);
    expect(markOf(again, key, { id: '5', epoch: 0 }, later(90))).toBeNull();
  });

  it('is looked for among the first eight and two thousand signs alone', () => {
    expect(markOf(`${'x'.repeat(2_000)}~${kept}`, key, who, now)).toBeNull();
    expect(markOf(`${'x~'.repeat(8)}${kept}`, key, who, now)).toBeNull();
    expect(markOf(`${'x~'.repeat(7)}${kept}`, key, who, now)).toBe(kept);
  });
});
