import { expect, it } from 'vitest';
import { explain, percentText } from './arithmetic';

it('turns a frozen rule into figures', () => {
  const parts = [{ percent: '12.500', from: '0', base: '300000' }];
  expect(explain({ rule: { kind: 'percent', parts, cap: '30000' } })).toEqual({
    kind: 'percent',
    parts: [{ percent: '12.500', from: 0n, base: 300_000n }],
    cap: 30_000n,
  });
  expect(explain({ rule: { kind: 'fixed', amount: '20000', cap: null } })).toEqual({
    kind: 'fixed',
    amount: 20_000n,
    cap: null,
  });
  expect(explain({ rule: { kind: 'none' } })).toEqual({ kind: 'none' });
});

it('writes percents as people do', () => {
  expect(percentText('12.500', 'vi')).toBe('12,5');
  expect(percentText('10.000', 'en')).toBe('10');
  expect(percentText('10', 'en')).toBe('10');
});
