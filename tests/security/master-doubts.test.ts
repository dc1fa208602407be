import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../integration/database';
import { loadFixture, loadWarnings, RIGHT, sheetOf } from './values-fixture';

withDatabase({ DEMO_PASSWORD: 'mot-mat-khau-rat-dai-2026' });

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

it('a package of nothing, which would be paid for and never done', async () => {
  const packages = [
    { code: 'NIL', components: '' },
    { code: 'SOME', components: 'CBC' },
  ];
  expect(await loadWarnings({ 'catalogue.csv': sheetOf({ ...RIGHT.service, kind: 'package' }, packages) })).toEqual([
    'catalogue.csv 2 components empty_package',
  ]);
});

describe('an empty cell that takes away what was there', () => {
  const organisation = { ...RIGHT.organisation, withholding_threshold: '3000000', cashier_discount_limit: '7.5' };
  const user = { email: 'was@x.vn', name: 'Thu', role: 'cashier', branch: 'Q1', language: 'en' };
  const full = {
    'organisation.csv': sheetOf(organisation, [{}]),
    'users.csv': sheetOf(user, [{}]),
    'catalogue.csv': sheetOf({ ...RIGHT.service, code: 'WAS', sex: 'female', min_age: '18', active: 'false' }, [{}]),
    'customers.csv': sheetOf({ ...RIGHT.customer, code: 'WAS', tier: 'vip1', tax_code: '0317654321' }, [{}]),
    'doctors.csv': sheetOf({ ...RIGHT.doctor, code: 'WAS', plan: 'BASE', phone: '0901234567', language: 'en' }, [
      {},
      { code: 'NEW', phone: '' },
    ]),
  };

  it('is warned of by row, with what was there', async () => {
    expect(await loadWarnings(full)).toEqual([]);
    expect(await loadWarnings(full)).toEqual([]);
    const emptied = await loadWarnings({
      'organisation.csv': sheetOf(organisation, [{ phone: '', withholding_threshold: '', cashier_discount_limit: '' }]),
      'users.csv': sheetOf(user, [{ branch: '', language: '' }]),
      'catalogue.csv': sheetOf({ ...RIGHT.service, code: 'WAS', sex: '', active: '' }, [{}]),
      'customers.csv': sheetOf({ ...RIGHT.customer, code: 'WAS', tier: '' }, [{}]),
      'doctors.csv': sheetOf({ ...RIGHT.doctor, code: 'WAS', tax_rate: '' }, [{ language: '' }]),
    });
    expect(emptied).toEqual([
      ...['phone', 'withholding_threshold', 'cashier_discount_limit'].map((one) => `organisation.csv 2 ${one} emptied`),
      ...['branch', 'language'].map((column) => `users.csv 2 ${column} emptied`),
      ...['sex', 'min_age', 'active'].map((column) => `catalogue.csv 2 ${column} emptied`),
      ...['tier', 'tax_code'].map((column) => `customers.csv 2 ${column} emptied`),
      ...['phone', 'language', 'plan', 'tax_rate'].map((column) => `doctors.csv 2 ${column} emptied`),
    ]);
  });
});
