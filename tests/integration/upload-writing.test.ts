import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '@/inngest/functions/intake/orders-bulk-upload.handler';
import { failUpload } from '@/server/modules/intake/uploads/public/fail-upload';
import { finishUpload } from '@/server/modules/intake/uploads/public/finish-upload';
import { planUploadChunks } from '@/server/modules/intake/uploads/public/plan-upload-chunks';
import { resumeUpload } from '@/server/modules/intake/uploads/public/resume-upload';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { subscribeHere } from '@/server/platform/notify';
import { rowsPastGuards, withDatabase } from './database';
import { oneOf, rowsOf } from './till-fixture';
import {
  actor,
  committing,
  entry,
  inState,
  makeUploadFixture,
  missing,
  nobody,
  refused,
  staged,
  storedAs,
  trailOf,
} from './upload-fixture';

withDatabase();
beforeAll(makeUploadFixture);

describe('a commit', () => {
  const commit = (id: string, parts: Partial<Parameters<typeof commitUpload>[0]> = {}) =>
    commitUpload({ actor, id, allOrNothing: false, ...parts });

  it('hands a checked sheet to the lane of its tier, and notifies who watches', async () => {
    const id = await staged({ right: 2, wrong: 1 });
    const watched: string[] = [];
    const stop = subscribeHere('progress', () => watched.push('progress'));
    await commit(id, { expected: { valid: 2, netTotal: 240_666n } });
    stop();
    expect(watched.length).toBeGreaterThan(0);
    expect(await storedAs(id)).toEqual({
      ...{
        state: 'committing',
        failure: null,
        allOrNothing: false,
        rows: 3,
        valid: 2,
        invalid: 1,
        lines: 2,
        net: 240_666,
      },
      ...{ patientsNew: 1, written: 0, checked: true, committed: true, finished: false },
    });
    expect((await trailOf(id)).at(-1)).toEqual(
      entry('upload.committed', { valid: 2, netTotal: '240666', tier: 'standard', allOrNothing: false }),
    );
    const events = await rowsOf(`SELECT name, data FROM outbox_event WHERE data ->> 'uploadId' = $1`, [id]);
    expect(events).toEqual([{ name: 'order-upload/committed', data: { uploadId: id, tier: 'standard' } }]);
    await expect(commit(id)).rejects.toEqual(refused('conflict', 'upload_moved_on'));
  });

  it('is refused where the figures are others, each by itself, or nothing is right', async () => {
    const id = await staged();
    const changed = refused('conflict', 'upload_changed', { valid: 2 });
    await expect(commit(id, { expected: { valid: 3, netTotal: 240_666n } })).rejects.toEqual(changed);
    await expect(commit(id, { expected: { valid: 2, netTotal: 240_667n } })).rejects.toEqual(changed);
    expect(await storedAs(id)).toMatchObject({ state: 'checked', failure: null, committed: false });
    const wrong = await staged({ right: 0, wrong: 3 });
    await expect(commit(wrong)).rejects.toEqual(refused('conflict', 'nothing_to_commit', { rows: 3 }));
    expect(await storedAs(wrong)).toMatchObject({ state: 'checked', failure: null });
    await expect(commit(nobody)).rejects.toEqual(missing);
    await rowsPastGuards(`UPDATE upload SET kind = 'rate-cards' WHERE id = $1`, [id]);
    await expect(commit(id)).rejects.toEqual(missing);
  });

  it('of all or nothing is refused where a row is wrong, and stays so until it is checked or committed otherwise', async () => {
    const id = await staged({ right: 2, wrong: 1 });
    const params = { invalid: 1, rows: 3 };
    await expect(commit(id, { allOrNothing: true })).rejects.toEqual(refused('conflict', 'upload_refused', params));
    expect(await storedAs(id)).toMatchObject({
      state: 'refused',
      failure: { code: 'upload_refused', params },
      committed: false,
    });
    await commit(id);
    expect(await storedAs(id)).toMatchObject({ state: 'committing', failure: null, allOrNothing: false });
    const whole = await staged();
    await commit(whole, { allOrNothing: true });
    expect(await storedAs(whole)).toMatchObject({ state: 'committing', allOrNothing: true });
  });

  it('that goes on after a failure keeps its moment, and checks nothing again', async () => {
    const id = await committing({ right: 2, wrong: 1 });
    const moment = () => oneOf('SELECT committed_at FROM upload WHERE id = $1', [id]);
    const before = await moment();
    await failUpload({ actor, id, code: 'no_answer' });
    await rowsPastGuards(`UPDATE upload SET valid = 9, finished_at = now() WHERE id = $1`, [id]);
    await commit(id, { expected: { valid: 9, netTotal: 240_666n } });
    expect(await moment()).toEqual(before);
    expect(await storedAs(id)).toMatchObject({ state: 'committing', valid: 9, finished: false });
  });
});

describe('the writing of an upload', () => {
  it('is planned while it is under way, whole where it is all or nothing', async () => {
    const id = await committing();
    expect(await planUploadChunks({ id })).toEqual([{ from: 1, to: 3 }]);
    await rowsPastGuards(`INSERT INTO upload_row (upload_id, "row", cells) VALUES ($1, 5001, '[]')`, [id]);
    expect(await planUploadChunks({ id })).toEqual([
      { from: 1, to: 5_000 },
      { from: 5_001, to: 5_001 },
    ]);
    await rowsPastGuards('UPDATE upload SET all_or_nothing = true WHERE id = $1', [id]);
    expect(await planUploadChunks({ id })).toEqual([{ from: 1, to: 5_001 }]);
    await inState(id, 'failed');
    expect(await planUploadChunks({ id })).toEqual([]);
    await expect(planUploadChunks({ id: nobody })).rejects.toEqual(missing);
    await expect(writeUploadChunk({ actor, id: nobody, range: { from: 1, to: 2 } })).rejects.toEqual(missing);
  });

  it('that fails says why by a code, and is resumed where it stopped', async () => {
    const id = await committing({ right: 3, wrong: 1 });
    await writeUploadChunk({ actor, id, range: { from: 1, to: 2 } });
    const trail = async () => (await trailOf(id)).slice(-1);
    const figures = { written: 1, valid: 3 };
    for (const [code, said] of [
      ['no_answer', 'no_answer'],
      ['TypeError', 'internal'],
      ['x y', 'internal'],
      ['x1', 'internal'],
    ] as const) {
      await failUpload({ actor, id, code });
      expect(await storedAs(id)).toMatchObject({ state: 'failed', failure: { code: said, params: {} } });
      expect(await trail()).toEqual([entry('upload.failed', figures)]);
      await resumeUpload({ actor, id });
      expect(await storedAs(id)).toMatchObject({ state: 'committing', failure: null });
      expect(await trail()).toEqual([entry('upload.taken-up', figures)]);
    }
  });

  it('that is in another state neither fails, nor is resumed, nor is finished', async () => {
    const id = await staged();
    for (const act of [failUpload({ actor, id, code: 'x' }), resumeUpload({ actor, id }), finishUpload({ actor, id })])
      await act;
    expect(await storedAs(id)).toMatchObject({ state: 'checked', failure: null, finished: false });
    await inState(id, 'failed');
    await resumeUpload({ actor, id });
    expect(await storedAs(id)).toMatchObject({ state: 'failed' });
    for (const act of [failUpload({ actor, id: nobody, code: 'x' }), resumeUpload({ actor, id: nobody })]) await act;
    await expect(finishUpload({ actor, id: nobody })).rejects.toEqual(missing);
    expect((await trailOf(id)).map((one) => (one as { action: string }).action)).toEqual([]);
  });

  it('ends with the sums of what was written, once every right row is', async () => {
    const id = await committing({ right: 3, wrong: 1 });
    await writeUploadChunk({ actor, id, range: { from: 1, to: 3 } });
    await expect(finishUpload({ actor, id })).rejects.toMatchObject({ kind: 'internal', code: 'internal' });
    await writeUploadChunk({ actor, id, range: { from: 4, to: 9 } });
    await rowsPastGuards(`UPDATE upload SET net_total = 1, lines = 1, failure = '{"code":"x"}' WHERE id = $1`, [id]);
    expect(await finishUpload({ actor, id })).toEqual({ orders: 3 });
    expect(await storedAs(id)).toMatchObject({
      ...{ state: 'committed', failure: null, valid: 3, written: 3, lines: 3, net: 360_999, finished: true },
    });
    expect((await trailOf(id)).at(-1)).toEqual(entry('upload.finished', { orders: 3, invalid: 1 }));
    expect(await finishUpload({ actor, id })).toEqual({ orders: 3 });
    expect((await trailOf(id)).filter((one) => (one as { action: string }).action === 'upload.finished')).toHaveLength(
      1,
    );
  });

  it('of all or nothing that finds a row gone is refused, with how many, and nothing of it is there', async () => {
    const id = await staged({ right: 2 });
    await commitUpload({ actor, id, allOrNothing: true });
    await rowsPastGuards(`UPDATE upload_row SET service_codes = '{NOPRICE}' WHERE upload_id = $1 AND "row" = 3`, [id]);
    const params = { invalid: 1, rows: 2 };
    await expect(writeUploadChunk({ actor, id, range: { from: 1, to: 3 } })).rejects.toEqual(
      refused('conflict', 'upload_refused', params),
    );
    expect(await storedAs(id)).toMatchObject({
      state: 'refused',
      failure: { code: 'upload_refused', params },
      written: 0,
    });
    expect(await rowsOf('SELECT 1 FROM orders WHERE upload_id = $1', [id])).toEqual([]);
  });
});

describe('the function of an upload', () => {
  const names: string[] = [];
  const step = {
    run: (name: string, work: () => unknown) => {
      names.push(name);
      return work();
    },
  };

  it('plans, writes each range and finishes, fails and is resumed', async () => {
    const id = await committing();
    const data = { uploadId: id, tier: 'standard' };
    await handler.onFailure(data as never, 'no_answer', actor);
    expect(await storedAs(id)).toMatchObject({ state: 'failed', failure: { code: 'no_answer' } });
    await handler.onReplay?.(data as never, actor);
    expect(await handler.run({ data, actor, step } as never)).toEqual({ orders: 2 });
    expect(names).toEqual(['plan', 'rows-1-3', 'finish']);
    expect(await storedAs(id)).toMatchObject({ state: 'committed', written: 2 });
  });
});
