import { expect, it } from 'vitest';
import { asJson } from './print';

it('what a command prints of money is exact, however large the sum', () => {
  const printed = asJson({ base: 9_007_199_254_740_993n, tax: -12n, name: 'Lê "An" \\u00001', rows: [0n, 5] });
  expect(printed).toContain('"base": 9007199254740993,');
  expect(JSON.parse(printed)).toEqual({
    base: 9_007_199_254_740_992,
    tax: -12,
    name: 'Lê "An" \\u00001',
    rows: [0, 5],
  });
});
