import { beforeAll, describe, expect, it } from 'vitest';
import { sampleStatement } from '../paper/sample-views';
import { loadTypefaces, type Typefaces } from '../paper/typeface';
import { layoutStatement } from './document';
import { sumSteps } from './opening';
import { sheet } from './sheet';

let fonts: Typefaces;
beforeAll(async () => {
  fonts = await loadTypefaces();
});

describe('layoutStatement', () => {
  it.each([0, 1, 30, 640])('keeps %d lines on pages that hold them', (count) => {
    const pages = layoutStatement(sampleStatement(count), 'vi', fonts);
    for (const page of pages) {
      const height = page.reduce((sum, block) => sum + block.height, 0);
      expect(height).toBeLessThanOrEqual(sheet.bottom - sheet.top);
      expect(page.at(-1)?.keepWithNext ?? false).toBe(false);
    }
  });
});

describe('sumSteps', () => {
  const setting = (money = (value: string) => value) => ({ fonts, language: 'vi' as const, money });

  it('adds up from revenue to what is paid out', () => {
    const view = sampleStatement(30);
    const [, commission, adjustments, carryForward, tax, payable] = sumSteps(view, setting()).map((step) =>
      BigInt(step.value),
    );
    const sum = [commission, adjustments, carryForward, tax].reduce<bigint>((total, step) => total + (step ?? 0n), 0n);
    expect(sum).toBe(payable);
  });

  it('says why there is no tax', () => {
    const view = sampleStatement(30);
    const small = { ...view, sums: { ...view.sums, tax: '0' } };
    expect(sumSteps(small, setting())[4]).toMatchObject({ value: '0', note: 'chưa đến ngưỡng 2000000' });
    const free = { ...view, sums: { ...view.sums, tax: '0', taxRate: '0' } };
    expect(sumSteps(free, setting())[4]).not.toHaveProperty('note');
  });
});
