import { beforeAll, describe, expect, it } from 'vitest';
import { workbookParts, zipOf } from '@/server/integrations/spreadsheet/zip-fixture';
import { publishRateCardSheet } from '@/server/modules/intake/uploads/use-cases/publish-rate-card-sheet';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { countOf, makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();

let actor: StaffActor;
beforeAll(async () => {
  await makeFixture();
  actor = await makeStaff('finance', null);
});

const HEAD = 'rate_card,scope,currency,valid_from,valid_to,service_code,price';
async function received(content: string | Buffer, fileName = 'gia.csv', kind: 'orders' | 'rate-cards' = 'rate-cards') {
  const once = (async function* () {
    yield Buffer.from(content);
  })();
  return (await receiveUpload({ actor, kind, fileName, content: once })).id;
}
const sheet = (...rows: string[]) => received([HEAD, ...rows].join('\n'));
const run = (id: string, dryRun = false) => publishRateCardSheet({ actor, id, dryRun });
const refusal = (id: string) =>
  run(id).then(
    () => null,
    ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
  );
const kept = (id: string) =>
  oneOf<Record<string, unknown>>(
    'SELECT state, rows, valid, invalid, checked_at IS NOT NULL AS checked, finished_at IS NOT NULL AS finished FROM upload WHERE id = $1',
    [id],
  );
const traces = (id: string) =>
  rowsOf(
    `SELECT entity, actor_id AS by, detail FROM audit_entry WHERE action = 'upload.checked' AND entity_id = $1 ORDER BY at, id`,
    [id],
  );
const trace = (detail: object) => ({ entity: 'upload', by: actor.id, detail });
const wrong = (row: number, column: string, code: string, params = {}) => ({ row, column, code, params });
const versions = () => countOf('rate_card_version');
const change = { added: 1, changed: 0, same: 0, missing: 0 };

describe('a sheet of rate cards', () => {
  const rows = ['S,tier:svip1,VND,2031-01-01,2031-06-01,CBC,"45.000"', 'S,tier:svip1,,2031-06-01,,GLU,0'];
  const differences = [
    {
      ...{
        rateCard: 'S',
        scope: 'tier:svip1',
        validFrom: '2031-01-01',
        validTo: '2031-06-01',
        outcome: 'new',
        ...change,
      },
      items: [{ service: 'CBC', from: null, to: '45000' }],
    },
    {
      ...{ rateCard: 'S', scope: 'tier:svip1', validFrom: '2031-06-01', validTo: null, outcome: 'new', ...change },
      items: [{ service: 'GLU', from: null, to: '0' }],
    },
  ];
  const counts = { rows: 2, valid: 2, invalid: 0 };
  const warnings = [wrong(3, 'price', 'zero_price')];

  it('is only checked in a dry run, then published, and says nothing new the second time', async () => {
    const id = await sheet(...rows);
    const before = await versions();
    expect(await run(id, true)).toEqual({ ...counts, errors: [], warnings, differences });
    expect([await versions(), await kept(id)]).toEqual([
      before,
      { ...counts, state: 'checked', checked: true, finished: false },
    ]);
    expect(await run(id)).toEqual({ ...counts, errors: [], warnings, differences });
    expect([await versions(), await kept(id)]).toEqual([
      before + 2,
      { ...counts, state: 'committed', checked: true, finished: true },
    ]);
    expect(await traces(id)).toEqual([trace({ ...counts, published: false }), trace({ ...counts, published: true })]);
    const again = await run(await sheet(...rows));
    expect(again.differences.map(({ outcome, same, items }) => [outcome, same, items])).toEqual([
      ['unchanged', 1, []],
      ['unchanged', 1, []],
    ]);
  });

  it('with a wrong cell publishes nothing, and says of no version that it would have', async () => {
    const id = await sheet(
      rows[0] ?? '',
      'S2,tier:svip1,,2032-01-01,,CBC,1',
      'S2,tier:svip1,,2032-01-01,,GLU,#N/A',
      'S3,tier:svip1,,2032-01-01,,8.49E+10,5000',
      'S4,tier:svip1,,2032-01-01,,CBC,45,000',
    );
    const before = await versions();
    const outcome = await run(id);
    expect(outcome).toMatchObject({ rows: 5, valid: 2, invalid: 3 });
    expect(outcome.errors.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      ...['4 price formula_error', '5 service_code unknown_service', '6 price more_cells'],
    ]);
    expect(outcome.warnings).toEqual([
      wrong(3, 'price', 'small_price', { value: '1' }),
      wrong(6, 'price', 'small_price', { value: '45' }),
    ]);
    const refused = { outcome: 'refused', added: 0, changed: 0, same: 0, missing: 0, items: [] };
    expect(outcome.differences).toEqual([
      expect.objectContaining({ rateCard: 'S', outcome: 'unchanged' }),
      ...['S2', 'S3', 'S4'].map((rateCard) => expect.objectContaining({ rateCard, ...refused })),
    ]);
    expect([await versions(), await kept(id)]).toEqual([
      before,
      { rows: 5, valid: 2, invalid: 3, state: 'refused', checked: true, finished: false },
    ]);
    expect(await traces(id)).toEqual([trace({ rows: 5, valid: 2, invalid: 3, published: false })]);
    expect((await run(id, true)).errors).toHaveLength(3);
  });

  it('without a column for the end of its prices is warned of at its titles, and so is what people do not see', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const row = (number: number, cells: string[], more = '') =>
      `<row r="${number}"${more}>${cells.map(cell).join('')}</row>`;
    const titles = HEAD.split(',').filter((title) => title !== 'valid_to');
    const cells = (service: string, price = '5000') => ['N', 'tier:svip2', 'VND', '2031-01-01', service, price];
    const book = workbookParts({
      sheets: [
        {
          name: 'S',
          rows:
            row(1, ['BẢNG GIÁ']) +
            row(3, titles) +
            row(4, cells('CBC')) +
            row(6, [...cells('GLU'), 'x'], ' hidden="1"'),
        },
      ],
    });
    const outcome = await run(await received(zipOf(book), 'gia.xlsx'), true);
    expect(outcome).toMatchObject({ rows: 2, valid: 2, invalid: 0, errors: [] });
    expect(outcome.warnings).toEqual([
      wrong(3, 'valid_to', 'no_end'),
      wrong(6, 'rate_card', 'hidden_row'),
      wrong(6, 'rate_card', 'untitled_cell'),
    ]);
  });
});

describe('a sheet is refused as a whole', () => {
  it('where it is none of rate cards, or is not there', async () => {
    const missing = ['not-found', 'not_found', {}];
    expect(await refusal(crypto.randomUUID())).toEqual(missing);
    expect(await refusal(await received(`${HEAD}\nx`, 'gia.csv', 'orders'))).toEqual(missing);
  });

  it('where a column is missing, there twice, or written nearly as one that is wanted', async () => {
    expect(
      await refusal(await received('rate_card,scope,currency,valid_from,service_code\nA,all,VND,2031-01-01,CBC')),
    ).toEqual([...['invalid', 'columns_missing'], { columns: 'price' }]);
    expect(await refusal(await received(`${HEAD},price\nA,all,VND,2031-01-01,,CBC,1,2`))).toEqual([
      ...['invalid', 'columns_repeated'],
      { file: 'gia.csv', title: 'price', column: 'price' },
    ]);
    expect(
      await refusal(await received(`${HEAD.replace('valid_to', 'valid_till')}\nA,all,VND,2031-01-01,,CBC,1`)),
    ).toEqual([...['invalid', 'column_mistyped'], { file: 'gia.csv', title: 'valid_till', column: 'valid_to' }]);
  });
});
