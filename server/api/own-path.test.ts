import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownPath } from './own-path';

const HERE = 'https://portal.test';

describe('where somebody may be sent on to', () => {
  it('is a page of this portal, with what it asks for', () => {
    expect(ownPath('/orders?q=1&day=2026-10-01#top', HERE)).toBe('/orders?q=1&day=2026-10-01#top');
    expect(ownPath(`${HERE}/orders/1`, HERE)).toBe('/orders/1');
    expect(ownPath('/orders?next=https://evil.test', HERE)).toBe('/orders?next=https://evil.test');
  });

  it.each([
    '//evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/\r\n/evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '\t//evil.test',
    ' //evil.test',
    'https:evil.test',
    'https:/evil.test',
    'http://portal.test/orders',
    'https://portal.test:8443/orders',
    'https://portal.test.evil.test',
    'https://portal.test@evil.test/',
    'https://portal.test//evil.test',
    'https://portal.test/\\evil.test',
    'https://portal.test/./\t/evil.test',
    '/.//evil.test',
    '/..//evil.test',
    '/x/..//evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://portal.test/1',
    'http://[',
    '',
    undefined,
  ])('is no other site: %j', (target) => {
    // `https:evil.test` is a path of this very site to a browser that is here.
    const path = ownPath(target, HERE);
    expect(new URL(path, HERE).origin).toBe(HERE);
    expect(path).toMatch(/^\/(?![/\\])/);
  });

  it('never is another site, however it is written', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '\t',
      '\n',
      '%09',
      '%2f',
      '.',
      '..',
      ':',
      '@',
      'https',
      'evil.test',
      '?',
      '#',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = ownPath(pieces.join(''), HERE);
        expect(new URL(path, HERE).origin).toBe(HERE);
        expect(path).toMatch(/^\/(?![/\\])/);
      }),
      { numRuns: 5_000 },
    );
  });
});
