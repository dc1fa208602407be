import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../integration/database';
import { businessContent } from '../integration/sample-fixture';
import { DRY, load, loadFixture, RIGHT, upload } from './values-fixture';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

/** An order of the right row in these columns; `tail` is what stands behind the services, as it is in the file. */
function orders(columns: string, ...tails: string[]): string {
  const titles = Object.keys(RIGHT.order).slice(0, 10).join(',');
  const line = (tail: string, at: number) =>
    [...Object.values({ ...RIGHT.order, external_ref: `CUT-${at}` }).slice(0, 10), tail].join(',');
  return `${[`${titles},${columns}`, ...tails.map(line)].join('\n')}\n`;
}

const LAST = 'discount_percent,payment,note';

describe('a row of orders with a separator too many is refused: its figures may have been cut', () => {
  it.each([
    ['a note with a share: 5,5 % became a discount of 5 %', 'note,discount_percent,payment', 'giảm 5,5%,10,cash'],
    ['a discount of 12,5 became 12', 'discount_percent,note', '12,5,khám'],
    ['a discount of 12,5 with an empty note behind', 'discount_percent,note', '12,5,'],
    ['a note with a share and no discount', 'note,discount_percent', 'giảm 5,5%,'],
    ['a note of two parts before the discount', 'note,discount_percent', 'khám, 10,'],
    ['a note of two parts at the end', LAST, '10,cash,khám, lần 2'],
    ['a discount behind a title of nothing', 'discount_percent,payment,note,', ',cash,khám,giảm 5'],
  ])('%s', async (_, columns, tail) => {
    const before = await businessContent();
    const last = columns.split(',').filter(Boolean).at(-1);
    const refused = { code: null, cells: [`2 ${last} more_cells`] };
    expect(await upload('orders', orders(columns, tail), DRY)).toMatchObject(refused);
    expect(await upload('orders', orders(columns, tail))).toMatchObject(refused);
    expect(await businessContent()).toEqual(before);
  });

  it('but not for empty cells at its end, which are only said', async () => {
    const text = orders(LAST, '10,cash,khám,,', '10,cash,,', ',cash,');
    expect(await upload('orders', text, DRY)).toMatchObject({ code: null, cells: [] });
  });
});

const CARD = 'rate_card,scope,currency,valid_from,valid_to,service_code,price';
const cards = (columns: string, tail: string, separator = ',') =>
  `${CARD}${columns}\nCUT,branch:Q3,VND,2026-01-01,,CBC,${tail}\n`.replaceAll(',', separator);

describe('a figure whose rest stands in a column that nobody reads is refused', () => {
  it.each([
    ['45,000 with a note that is never written', ',note', '45,000'],
    ['45,000 before an empty cell', ',note,by', '45,000,'],
    ['1,234,567 over two columns', ',note,by', '1,234,567'],
    ['45,500.00', ',note', '45,500.00'],
    ['45,000đ', ',note', '45,000đ'],
    ['45,000 in a column without a title', ',', '45,000'],
  ])('a price: %s', async (_, columns, tail) => {
    const before = await businessContent();
    const refused = { cells: [expect.stringMatching(/^2 price (cut_figure|more_cells)$/)] };
    expect(await upload('rate-cards', cards(columns, tail), DRY)).toMatchObject(refused);
    expect(await upload('rate-cards', cards(columns, tail))).toMatchObject(refused);
    expect(await load({ 'rate-cards.csv': cards(columns, tail) })).toMatchObject({ code: 'bad_rows', ...refused });
    expect(await businessContent()).toEqual(before);
  });

  it('also where another program has written the cut row again', async () => {
    expect(await upload('rate-cards', cards(',note', '45,000', ';'), DRY)).toMatchObject({
      cells: ['2 price cut_figure'],
    });
  });

  it.each([
    ['another figure', ',weight', '45000,250'],
    ['a cost', ',cost', '45000,30000'],
    ['decimals that are zero', ',note', '45000,00'],
    ['words', ',note', '45000,khám'],
  ])('but not %s beside a whole price', async (_, columns, tail) => {
    expect(await upload('rate-cards', cards(columns, tail), DRY)).toMatchObject({ code: null, cells: [] });
  });

  it.each([
    ['12,5 with the note for its rest', 'payment,discount_percent,note', 'cash,12,5'],
    ['12,5 with a column of remarks', 'payment,discount_percent,Ghi chú thêm', 'cash,12,5'],
    ['7,25%', 'payment,discount_percent,STT', 'cash,7,25%'],
    ['12,500', 'payment,discount_percent,STT', 'cash,12,500'],
  ])('a discount: %s', async (_, columns, tail) => {
    expect(await upload('orders', orders(columns, tail), DRY)).toMatchObject({
      cells: ['2 discount_percent cut_figure'],
    });
  });

  it.each([
    ['how many, beside a discount', 'discount_percent,Số lượng,payment', '10,1,cash'],
    ['what it comes to', 'payment,discount_percent,Thành tiền', 'cash,10,405000'],
    ['a note of words', 'payment,discount_percent,note', 'cash,10,khám 5'],
  ])('but not %s', async (_, columns, tail) => {
    expect(await upload('orders', orders(columns, tail), DRY)).toMatchObject({ code: null, cells: [] });
  });

  const PLAN = 'plan,valid_from,valid_to,category,service_code,kind';
  it.each([
    [
      'a cap of 50,000',
      'commission-plans.csv',
      `${PLAN},value,band_from,cap_per_line,note`,
      'P,2026-01-01,,*,,percent,10,0,50,000',
      'cap_per_line',
    ],
    [
      'a share of 7,5 before a cap that is not written',
      'commission-plans.csv',
      `${PLAN},band_from,value,cap_per_line`,
      'P,2026-01-01,,*,,percent,0,7,5',
      'value',
    ],
    [
      'an amount of 50,000 before a cap',
      'commission-plans.csv',
      `${PLAN},band_from,value,cap_per_line`,
      'P,2026-01-01,,*,,fixed,0,50,500',
      'value',
    ],
    ['a tax of 7,5', 'doctors.csv', 'code,name,phone,email,language,plan,tax_rate,note', 'D,Mai,,,vi,,7,5', 'tax_rate'],
    [
      'a threshold of 2,000,000',
      'organisation.csv',
      'name_vi,name_en,withholding_threshold,a,b',
      'S,S,2,000,000',
      'withholding_threshold',
    ],
  ])('%s', async (_, file, titles, row, column) => {
    const before = await businessContent();
    const outcome = await load({ [file]: `${titles}\n${row}\n` });
    expect(outcome).toMatchObject({ code: 'bad_rows', cells: [`2 ${column} cut_figure`] });
    expect(await businessContent()).toEqual(before);
  });
});
