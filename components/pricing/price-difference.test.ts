import { expect, it } from 'vitest';
import { percentText } from './price-difference';

it.each([
  [95_000n, 5_000n, 'vi', '+5,3%'],
  [95_000n, -5_000n, 'en', '−5.3%'],
  [100_000n, 10_000n, 'vi', '+10%'],
  [1_000n, 500n, 'en', '+50%'],
  [2_000n, 1n, 'vi', '+0,1%'],
  [100_000n, 1n, 'vi', '+<0,1%'],
  [100n, 900n, 'en', '+900%'],
])('%d changed by %d in %s is %s', (before, difference, locale, text) => {
  expect(percentText(before, difference, locale)).toBe(text);
});

it('says nothing of what did not change, and of a price that was zero', () => {
  expect(percentText(100n, 0n, 'vi')).toBeNull();
  expect(percentText(0n, 100n, 'vi')).toBeNull();
});
