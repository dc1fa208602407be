import { beforeAll, describe, expect, it } from 'vitest';
import { formatAmount } from '../paper/format';
import { loadTypefaces } from '../paper/typeface';
import type { Language } from '../paper/words';
import { arithmeticOf } from './arithmetic';
import type { Setting } from './sheet';

let settings: Record<Language, Setting>;
beforeAll(async () => {
  const fonts = await loadTypefaces();
  const setting = (language: Language) => ({
    fonts,
    language,
    money: (value: string) => formatAmount(value, 0, language),
  });
  settings = { vi: setting('vi'), en: setting('en') };
});

describe('arithmeticOf', () => {
  it('gives the rate alone where one applies to the whole line', () => {
    const parts = [{ percent: '12.5', base: '400000' }];
    expect(arithmeticOf({ kind: 'percent', parts, cap: null }, settings.vi)).toEqual(['12,5\u00a0%']);
  });

  it('gives a step for each band, and the cap that took effect', () => {
    const parts = [
      { percent: '8', base: '200000' },
      { percent: '10', base: '1000000' },
    ];
    expect(arithmeticOf({ kind: 'percent', parts, cap: '50000' }, settings.en)).toEqual([
      '8\u00a0% × 200,000',
      '10\u00a0% × 1,000,000',
      'at most 50,000',
    ]);
  });

  it('says fixed amounts and the absence of a rule', () => {
    expect(arithmeticOf({ kind: 'fixed', amount: '30000', cap: null }, settings.vi)).toEqual(['cố định 30.000']);
    expect(arithmeticOf({ kind: 'none' }, settings.vi)).toEqual(['không tính hoa hồng']);
  });
});
