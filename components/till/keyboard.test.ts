import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followBurst, NO_BURST, runsOnce, scannedCode, startsSearch, tillCommand } from './keyboard';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'metaKey' | 'repeat', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...held,
});

describe('keys', () => {
  it('ask what the line at the foot says', () => {
    const asked = ['F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'F10'].map((key) => tillCommand(press(key), true));
    expect(asked).toEqual(['patient', 'service', 'discount', 'hold', 'balance', 'recall', 'pay', 'receipt']);
    expect(tillCommand(press('?'), false)).toBe('keys');
    // A note may ask something.
    expect(tillCommand(press('?'), true)).toBeNull();
    expect(tillCommand(press('F9', { ctrlKey: true }), false)).toBeNull();
  });

  it('that are held down act once: F9 and Enter take no second payment', () => {
    for (const key of ['F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'F10', 'Enter', 'Delete']) {
      expect(tillCommand(press(key, { repeat: true }), false)).toBeNull();
      expect(runsOnce(press(key, { repeat: true }))).toBe(true);
    }
    expect(['a', '0', 'Backspace', 'ArrowDown', '?'].some((key) => runsOnce(press(key)))).toBe(false);
  });

  it('begin a search when they print something', () => {
    expect(startsSearch(press('g'))).toBe(true);
    expect(startsSearch(press('7'))).toBe(true);
    expect(['Enter', 'F2', ' ', '?', 'Tab', 'Dead'].some((key) => startsSearch(press(key)))).toBe(false);
    expect(startsSearch(press('c', { ctrlKey: true }))).toBe(false);
  });
});

const typed = (text: string, gap: number) => {
  const burst = [...text].reduce((so, key, index) => followBurst(so, key, 1_000 + index * gap), NO_BURST);
  return scannedCode(burst, 1_000 + text.length * gap);
};

describe('a scanner', () => {
  it('is known by its speed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9-]{4,20}$/), fc.integer({ min: 0, max: 40 }), (code, gap) => {
        expect(typed(code, gap)).toBe(code);
      }),
    );
  });

  it('is not a hand, nor a few signs', () => {
    expect(typed('HEM001', 90)).toBeNull();
    expect(typed('abc', 5)).toBeNull();
    expect(scannedCode(NO_BURST, 5)).toBeNull();
  });

  it('is read without what a hand typed before it', () => {
    const slow = followBurst(followBurst(NO_BURST, 'x', 100), 'y', 400);
    const burst = [...'HEM001'].reduce((so, key, index) => followBurst(so, key, 900 + index * 10), slow);
    expect(scannedCode(burst, 960)).toBe('HEM001');
  });

  it('is cut off by a key that prints nothing', () => {
    const cut = followBurst(followBurst(followBurst(NO_BURST, 'A', 0), 'Tab', 10), 'B', 20);
    expect(cut.text).toBe('B');
  });
});
