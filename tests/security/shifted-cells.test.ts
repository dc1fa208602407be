import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../integration/database';
import { businessContent } from '../integration/sample-fixture';
import { DRY, load, loadFixture, RIGHT, sheetOf, upload } from './values-fixture';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

const CARD = 'rate_card,scope,currency,valid_from,valid_to,service_code,price';

/** Refused alike by the dry run, the real run and the folder, and nothing written by any. */
async function expectCardRefused(text: string, refused: { code: string | null; cells?: string[] }) {
  const before = await businessContent();
  expect(await upload('rate-cards', text, DRY)).toMatchObject(refused);
  expect(await upload('rate-cards', text)).toMatchObject(refused);
  const inFolder = refused.cells ? { code: 'bad_rows', cells: refused.cells } : refused;
  expect(await load({ 'rate-cards.csv': text })).toMatchObject(inFolder);
  expect(await businessContent()).toEqual(before);
}

async function expectFileRefused(file: string, text: string, refused: { code: string; cells?: string[] }) {
  const before = await businessContent();
  expect(await load({ [file]: text })).toMatchObject(refused);
  expect(await businessContent()).toEqual(before);
}

describe('a separator that is not quoted shifts no cell into a price, a rate or a cap', () => {
  it('45,000 in a rate card was published as 45 đ for everybody', () =>
    expectCardRefused(`${CARD}\nGIA,all,VND,2026-01-01,,CBC,45000\nGIA,all,VND,2026-01-01,,GLU,45,000\n`, {
      code: null,
      cells: ['3 price more_cells'],
    }));

  it('also where a column without a title takes the rest', () =>
    expectCardRefused(`${CARD},\nGIA,all,VND,2026-01-01,,CBC,45,000\n`, {
      code: null,
      cells: ['2 price more_cells'],
    }));

  it('but empty cells where the titles are empty too are no more cells', async () => {
    const text = `${CARD},,\nEMPTY,branch:Q3,VND,2026-01-01,,CBC,45000,,\n`;
    expect(await upload('rate-cards', text, DRY)).toMatchObject({ code: null, cells: [] });
  });

  it.each<[string, string, string, string]>([
    ['a tax of 7,5 became 7', 'doctors.csv', 'code,name,phone,email,language,plan,tax_rate', 'D,Mai,,,vi,,7,5'],
    [
      'a cap of 50,000 became 50 đ',
      'commission-plans.csv',
      'plan,valid_from,valid_to,category,service_code,kind,value,band_from,cap_per_line',
      'P,2026-01-01,,*,,percent,10,0,50,000',
    ],
    [
      'a share of 7,5 moved every cell behind it',
      'commission-plans.csv',
      'plan,valid_from,valid_to,category,service_code,kind,value,band_from,cap_per_line',
      'P,2026-01-01,,*,,percent,7,5,0,',
    ],
    ['a name with a comma', 'customers.csv', 'code,name,tier,tax_code,email,phone', 'K,An, Bình,standard,,,'],
  ])('%s', async (_, file, titles, row) => {
    const before = await businessContent();
    const outcome = await load({ [file]: `${titles}\n${row}\n` });
    expect(outcome.code).toBe('bad_rows');
    expect(outcome.cells).toContainEqual(expect.stringMatching(/^2 \w+ more_cells$/));
    expect(await businessContent()).toEqual(before);
  });
});

describe('a column that is written twice, or nearly right, is asked about', () => {
  it('valid_till is no valid_to: the price would be in force for ever', () =>
    expectCardRefused(`${CARD.replace('valid_to', 'valid_till')}\nGIA,all,VND,2026-01-01,2026-02-01,CBC,45000\n`, {
      code: 'column_mistyped',
    }));

  it('two columns for the price', () =>
    expectCardRefused(`${CARD},Price\nGIA,branch:Q3,VND,2026-01-01,,CBC,45000,50000\n`, { code: 'columns_repeated' }));

  it('two columns for a name', () =>
    expectFileRefused('doctors.csv', 'code,name,Name,phone,email,language,plan,tax_rate\nD,Mai,Hoa,,,vi,,10\n', {
      code: 'columns_repeated',
    }));

  it('tax_rates is no tax_rate', () =>
    expectFileRefused('doctors.csv', 'code,name,phone,email,language,plan,tax_rates\nD,Mai,,,vi,,10\n', {
      code: 'column_mistyped',
    }));
});

describe('a file of master data without a column erases nothing', () => {
  it.each([
    ['doctors.csv', 'code,name\nBS,BS. Mai\n'],
    ['customers.csv', 'code,name\nKH,Công ty An\n'],
    ['catalogue.csv', 'code,name_vi,name_en,kind,category\nCBC,Công thức máu,Blood count,test,hematology\n'],
  ])('%s: plan, tax, tier and ages were set back to nothing', (file, text) =>
    expectFileRefused(file, text, { code: 'file_columns_missing' }),
  );
});

describe('what a spreadsheet shows in place of a value is no value', () => {
  const SHOWN = ['#N/A', '#REF!', '#ERROR!', 'Err:502', '########'];

  it.each(SHOWN)('%s is no rate card', (value) =>
    expectCardRefused(sheetOf(RIGHT.card, [{ rate_card: value }]), {
      code: null,
      cells: ['2 rate_card formula_error'],
    }),
  );

  it.each(SHOWN)('%s is no name and no code', async (value) => {
    await expectFileRefused('doctors.csv', sheetOf(RIGHT.doctor, [{ code: value, name: value }]), {
      code: 'bad_rows',
      cells: ['2 code formula_error', '2 name formula_error'],
    });
    await expectFileRefused('catalogue.csv', sheetOf(RIGHT.service, [{ code: 'NEW', category: value }]), {
      code: 'bad_rows',
      cells: ['2 category formula_error'],
    });
    expect((await upload('orders', sheetOf(RIGHT.order, [{ patient_name: value }]), DRY)).cells).toEqual([
      '2 patient_name formula_error',
    ]);
  });

  it.each(['8.49E+10', '1,23457E+15'])('%s has lost the digits of a reference or a code', async (value) => {
    expect((await upload('orders', sheetOf(RIGHT.order, [{ external_ref: value }]), DRY)).cells).toEqual([
      '2 external_ref lost_digits',
    ]);
    await expectFileRefused('customers.csv', sheetOf(RIGHT.customer, [{ code: value, tax_code: value }]), {
      code: 'bad_rows',
      cells: ['2 code lost_digits', '2 tax_code lost_digits'],
    });
  });
});
