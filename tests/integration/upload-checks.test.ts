import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStaging } from '@/server/modules/intake/uploads/repository';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { mapColumns } from '@/server/modules/intake/uploads/use-cases/map-columns';
import { resumeChecks } from '@/server/modules/intake/uploads/use-cases/resume-checks';
import { showUpload } from '@/server/modules/intake/uploads/use-cases/show-upload';
import { rowsPastGuards, withDatabase } from './database';
import { oneOf, rowsOf } from './till-fixture';
import {
  actor,
  checked,
  committing,
  entry,
  HEAD,
  inState,
  line,
  MAPPING,
  makeUploadFixture,
  missing,
  nobody,
  received,
  refused,
  staged,
  storedAs,
  trailOf,
} from './upload-fixture';

withDatabase();
beforeAll(makeUploadFixture);

describe('a sheet that is received', () => {
  it('is kept with its name, its size, what its titles mean, and who sent it', async () => {
    const titles = [
      'Mã  tham chiếu',
      'branch',
      'ordered_at',
      'patient_name',
      'patient_dob',
      'patient_sex',
      'patient_phone',
    ];
    const long = `${'x'.repeat(250)}`;
    const text = `${[...titles, 'servic_codes', long, ''].join(',')}\n${line('A')},a,b\n`;
    const id = await received(text, { fileName: ' C:\\đơn hàng\u202e.CSV ', encoding: 'utf-8' });
    const row = await oneOf<Record<string, unknown>>(
      `SELECT kind, file_name AS "fileName", storage_key ~ '^upload/[0-9a-f-]{36}\\.csv$' AS keyed, sha256, bytes, mapping, header, currency, created_by AS by
       FROM upload WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({
      ...{
        kind: 'orders',
        fileName: 'đơn hàng.CSV',
        keyed: true,
        bytes: Buffer.byteLength(text),
        currency: 'VND',
        by: actor.id,
      },
      sha256: createHash('sha256').update(text).digest('hex'),
      mapping: Object.fromEntries(['external_ref', ...titles.slice(1)].map((column, at) => [column, at])),
      header: expect.objectContaining({
        ...{
          row: 1,
          encoding: 'utf-8',
          titles: ['Mã tham chiếu', ...titles.slice(1), 'servic_codes', `${'x'.repeat(199)}…`, null],
        },
        duplicate: [],
        missing: [{ name: 'service_codes', nearest: { index: 7, title: 'servic_codes' } }],
      }),
    });
    const [trace] = await rowsOf(
      'SELECT action, entity, actor_id AS by, detail FROM audit_entry WHERE entity_id = $1',
      [id],
    );
    expect(trace).toEqual(entry('upload.received', { kind: 'orders', bytes: Buffer.byteLength(text) }));
    expect((await showUpload({ id: await received(`${HEAD}\n${line('A')}`) })).header).not.toHaveProperty('encoding');
  });

  it.each([
    ['sheet_wrong_extension', 'don.txt', HEAD],
    ['sheet_no_rows', 'don.csv', HEAD],
    ['sheet_empty', 'don.csv', ''],
  ])('is refused as %s', async (code, fileName, text) => {
    await expect(received(text, { fileName })).rejects.toMatchObject({ kind: 'invalid', code });
  });
});

describe('the columns of a sheet', () => {
  it('are what the operator says, and what was checked under another mapping is no longer so', async () => {
    const id = await staged({ right: 1, wrong: 1 });
    expect(await storedAs(id)).toMatchObject({
      state: 'checked',
      rows: 2,
      valid: 1,
      invalid: 1,
      lines: 1,
      checked: true,
    });
    await rowsPastGuards(`UPDATE upload SET failure = '{"code":"x"}' WHERE id = $1`, [id]);
    await mapColumns({ actor, id, mapping: { external_ref: 3 } });
    expect(await storedAs(id)).toEqual({
      ...{ state: 'received', failure: null, allOrNothing: false, rows: 0, valid: 0, invalid: 0, lines: 0, net: 0 },
      ...{ patientsNew: 0, written: 0, checked: false, committed: false, finished: false },
    });
    expect((await showUpload({ id })).mapping).toEqual({ external_ref: 3 });
    expect((await trailOf(id)).at(-1)).toEqual(entry('upload.mapped'));
    await expect(checkUpload({ actor, id })).rejects.toEqual(
      refused('invalid', 'columns_missing', { columns: HEAD.split(',').slice(1, 8).join(', ') }),
    );
  });

  it('are refused where two of them are one cell, and once the upload is being written', async () => {
    const id = await committing();
    const map = (of: string, places: object) => mapColumns({ actor, id: of, mapping: places });
    await expect(map(id, { external_ref: 0, branch: 0 })).rejects.toEqual(refused('invalid', 'column_taken_twice'));
    await expect(map(id, MAPPING)).rejects.toEqual(refused('conflict', 'upload_moved_on'));
    await expect(map(nobody, MAPPING)).rejects.toEqual(missing);
  });
});

describe('a check', () => {
  it('is of a sheet of orders that is not being written, one at a time', async () => {
    const check = (id: string) => checkUpload({ actor, id });
    await expect(check(nobody)).rejects.toEqual(missing);
    await expect(showUpload({ id: nobody })).rejects.toEqual(missing);
    await expect(check(await committing())).rejects.toEqual(refused('conflict', 'upload_moved_on'));
    const id = await staged();
    await rowsPastGuards(`UPDATE upload SET kind = 'rate-cards' WHERE id = $1`, [id]);
    await expect(check(id)).rejects.toEqual(missing);
    const busy = await checked();
    const staging = await openStaging(busy, 'UTC');
    await expect(check(busy)).rejects.toEqual(refused('conflict', 'check_running'));
    staging?.abandon();
    const checkedAgain = () =>
      check(busy).then(
        ({ state }) => state,
        () => null,
      );
    await expect.poll(checkedAgain, { timeout: 30_000 }).toBe('checked');
  });

  it('of a file that is no sheet any more ends as failed, with what is wrong with it, and may begin again', async () => {
    const id = await checked();
    const { storageKey } = await showUpload({ id });
    const other = await received(`${HEAD}\n${line('Z')}`);
    await rowsPastGuards('UPDATE upload SET storage_key = $2, header = header - $3 WHERE id = $1', [
      id,
      storageKey,
      'none',
    ]);
    await rowsPastGuards(`UPDATE upload SET header = jsonb_set(header, '{encoding}', '"utf-16le"') WHERE id = $1`, [
      id,
    ]);
    const error = await checkUpload({ actor, id }).catch((reason: unknown) => reason);
    const { code, params } = error as { code: string; params: object };
    expect(code).toMatch(/^sheet_/);
    expect(await storedAs(id)).toMatchObject({ state: 'failed', failure: { code, params } });
    await rowsPastGuards(`UPDATE upload SET header = header - 'encoding' WHERE id = $1`, [id]);
    expect(await checkUpload({ actor, id })).toMatchObject({ state: 'checked', valid: 2 });
    expect(await storedAs(id)).toMatchObject({ failure: null });
    expect(await trailOf(id)).toEqual([entry('upload.checked'), entry('upload.checked')]);
    expect((await showUpload({ id: other })).state).toBe('received');
  });

  it('that nobody goes on with is begun again by the sweep, the oldest state first, and by nobody else', async () => {
    const seconds = (id: string, n: number, state = 'checking') =>
      rowsPastGuards(`UPDATE upload SET state = $2, state_at = now() - make_interval(secs => $3) WHERE id = $1`, [
        id,
        state,
        n,
      ]);
    const quiet = await checked();
    const [young, cards, running, still] = [await staged(), await staged(), await staged(), await staged()];
    await seconds(quiet, 15.5);
    await seconds(young, 5);
    await seconds(cards, 60);
    await rowsPastGuards(`UPDATE upload SET kind = 'rate-cards' WHERE id = $1`, [cards]);
    await seconds(running, 60);
    await seconds(still, 60, 'received');
    const staging = await openStaging(running, 'UTC');
    expect(await resumeChecks()).toBe(1);
    staging?.abandon();
    const states = await Promise.all(
      [quiet, young, cards, running, still].map(async (id) => (await showUpload({ id })).state),
    );
    expect(states).toEqual(['checked', 'checking', 'checking', 'checking', 'received']);
    // One that cannot be checked is no end, and stands in nobody's way.
    for (const id of [running, cards]) await inState(id, 'received');
    await seconds(young, 60);
    expect(await resumeChecks()).toBe(0);
    expect((await showUpload({ id: young })).state).toBe('checking');
    await inState(young, 'received');
  });
});
