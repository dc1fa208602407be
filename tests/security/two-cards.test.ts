import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../integration/database';
import { businessContent } from '../integration/sample-fixture';
import { type Cells, DRY, load, loadFixture, RIGHT, run, sheetOf, upload } from './values-fixture';

withDatabase();

beforeAll(async () => {
  expect(await loadFixture()).toMatchObject({ code: null });
});

const sheet = (...rows: Cells[]) => sheetOf(RIGHT.card, rows);

/** Refused with the same cells by the dry run, the real run and the folder, and nothing written by any. */
async function expectRefused(text: string, cells: readonly string[]) {
  const before = await businessContent();
  expect((await upload('rate-cards', text, DRY)).cells).toEqual(cells);
  expect((await upload('rate-cards', text)).cells).toEqual(cells);
  expect(await load({ 'rate-cards.csv': text })).toMatchObject({ code: 'bad_rows', cells });
  expect(await businessContent()).toEqual(before);
}

describe('a price that two cards of one scope give for one first day is refused: the later of them won without a word', () => {
  it('against a card that is published', () =>
    expectRefused(sheet({ rate_card: 'NEW', price: '99000' }), ['2 price rival_card']));

  it('within one sheet', () =>
    expectRefused(
      sheet(
        { rate_card: 'A', scope: 'branch:Q3', price: '50000' },
        { rate_card: 'B', scope: 'branch:Q3', price: '60000' },
      ),
      ['3 price rival_card'],
    ));

  it('but not where the cards agree, differ in scope or day, or list other services', async () => {
    const text = sheet(
      { rate_card: 'SAME' },
      { rate_card: 'Q3', scope: 'branch:Q3', price: '50000' },
      { rate_card: 'Q3 GLU', scope: 'branch:Q3', service_code: 'GLU', price: '60000' },
      { rate_card: 'LATER', valid_from: '2026-02-01', price: '60000' },
    );
    expect(await upload('rate-cards', text)).toMatchObject({ code: null, cells: [] });
    expect(await upload('rate-cards', text)).toMatchObject({ code: null, cells: [] });
  });
});

describe('codes that differ only in their letters’ case are one code', () => {
  it.each<[string, string, Cells[], string]>([
    ['a branch', 'branches.csv', [{ ...RIGHT.branch, code: 'q1' }], '2 code other_case'],
    ['a service', 'catalogue.csv', [{ ...RIGHT.service, code: 'cbc' }], '2 code other_case'],
    [
      'a category',
      'catalogue.csv',
      [{ ...RIGHT.service, code: 'NEW', category: 'Hematology' }],
      '2 category other_case',
    ],
    ['a customer', 'customers.csv', [{ ...RIGHT.customer, code: 'kh' }], '2 code other_case'],
    ['a doctor', 'doctors.csv', [{ ...RIGHT.doctor, code: 'bs' }], '2 code other_case'],
    ['a plan', 'commission-plans.csv', [{ ...RIGHT.plan, plan: 'Base' }], '2 plan other_case'],
    [
      'a rate card',
      'rate-cards.csv',
      [{ ...RIGHT.card, rate_card: 'Chung', scope: 'customer:KH' }],
      '2 rate_card other_case',
    ],
    [
      'two branches of a file',
      'branches.csv',
      [
        { ...RIGHT.branch, code: 'Q9' },
        { ...RIGHT.branch, code: 'q9' },
      ],
      '3 code other_case',
    ],
    [
      'two services of a file',
      'catalogue.csv',
      [
        { ...RIGHT.service, code: 'N1' },
        { ...RIGHT.service, code: 'n1' },
      ],
      '3 code other_case',
    ],
    [
      'two categories of a file',
      'catalogue.csv',
      [
        { ...RIGHT.service, code: 'N1', category: 'Sinh hóa' },
        { ...RIGHT.service, code: 'N2', category: 'SINH HÓA' },
      ],
      '3 category other_case',
    ],
    [
      'two customers of a file',
      'customers.csv',
      [
        { ...RIGHT.customer, code: 'Đạt' },
        { ...RIGHT.customer, code: 'ĐẠT' },
      ],
      '3 code other_case',
    ],
    [
      'two doctors of a file',
      'doctors.csv',
      [
        { ...RIGHT.doctor, code: 'D1' },
        { ...RIGHT.doctor, code: 'd1' },
      ],
      '3 code other_case',
    ],
    [
      'two plans of a file',
      'commission-plans.csv',
      [
        { ...RIGHT.plan, plan: 'X' },
        { ...RIGHT.plan, plan: 'x' },
      ],
      '3 plan other_case',
    ],
    [
      'two tills of a branch',
      'tills.csv',
      [
        { ...RIGHT.till, code: 'A1' },
        { ...RIGHT.till, code: 'a1' },
      ],
      '3 code other_case',
    ],
    [
      'two cards of a file',
      'rate-cards.csv',
      [
        { ...RIGHT.card, rate_card: 'X' },
        { ...RIGHT.card, rate_card: 'x' },
      ],
      '3 rate_card other_case',
    ],
  ])('%s', async (_, file, rows, cell) => {
    const before = await businessContent();
    const outcome = await load({ [file]: sheetOf(rows[0] ?? {}, rows) });
    expect(outcome).toMatchObject({ code: 'bad_rows', cells: [cell] });
    expect(await businessContent()).toEqual(before);
  });

  it('a code that is there as it is written is brought up to date', async () => {
    expect(await load({ 'branches.csv': sheetOf(RIGHT.branch, [{}]) })).toMatchObject({ code: null });
  });
});

describe('a sheet of rate cards that publishes nothing says so', () => {
  const spoilt = sheet(
    { rate_card: 'SPOILT', scope: 'branch:Q1' },
    { rate_card: 'SPOILT', scope: 'branch:Q1', service_code: 'GLU', price: '#N/A' },
  );

  it.each([
    ['dry', DRY],
    ['real', {}],
  ])('as refused, with no lines, and exits 1: %s run', async (_, flags) => {
    const { answer, failed } = await run('upload rate-cards', spoilt, flags);
    expect(failed).toBe(true);
    expect(answer).toMatchObject({
      ...{ rows: 2, valid: 1, invalid: 1, lines: 0 },
      error: { code: 'bad_rows' },
      diff: [{ rateCard: 'SPOILT', outcome: 'refused', added: 0, changed: 0, items: [] }],
    });
  });

  it('and one that is published exits 0', async () => {
    const { answer, failed } = await run('upload rate-cards', sheet({ rate_card: 'FINE', scope: 'branch:Q1' }), {});
    expect(failed).toBe(false);
    expect(answer).toMatchObject({ lines: 1, diff: [{ outcome: 'new', added: 1, items: [{ service: 'CBC' }] }] });
    expect(answer).not.toHaveProperty('error');
  });
});
