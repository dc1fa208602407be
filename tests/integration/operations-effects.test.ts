import { afterAll, describe, expect, it, vi } from 'vitest';
import { composePorts } from '@/server/composition';
import { checkPause } from '@/server/modules/core/operations/public/check-pause';
import { findMissingEffects } from '@/server/modules/core/operations/public/find-missing-effects';
import { runsWithEvents } from '@/server/modules/core/operations/repository';
import { checkReadiness } from '@/server/modules/core/operations/use-cases/check-readiness';
import { listEffects } from '@/server/modules/core/operations/use-cases/list-effects';
import { pauseFunction } from '@/server/modules/core/operations/use-cases/pause-function';
import { previewReplay } from '@/server/modules/core/operations/use-cases/preview-replay';
import { resolveFailures } from '@/server/modules/core/operations/use-cases/resolve-failures';
import { resumeFunction } from '@/server/modules/core/operations/use-cases/resume-function';
import { resumeStuckPauses } from '@/server/modules/core/operations/use-cases/resume-stuck-pauses';
import { ago, put } from './bare-rows';
import { rowsOf, withDatabase } from './database';
import { bindAnswers, effects, endedAt, event, published, run, runs, trail } from './operations-answers';
import { makeStaff } from './till-fixture';

withDatabase();
bindAnswers();
afterAll(composePorts);

describe('the effects of runs', () => {
  it('are known by where they leave their receipt; what is not wanted or not known is left out', async () => {
    // Neither has anything for the laboratory; to one it was sent before.
    const [unsent, sent] = [crypto.randomUUID(), crypto.randomUUID()];
    const [whole, empty, unknown] = [
      await event(
        effects(
          ['ledger', 'revenue-order:1', 3],
          ['ledger', 'revenue-order:2', 3],
          ['x', 'revenue-order:1'],
          ['lis', `lis-order:${unsent}`],
          ['lis', `lis-order:${sent}`],
        ),
      ),
      await event({}),
      await event(effects(['sms', 'otp:no-id'], ['sms', 'message:a']), 'a/b'),
    ];
    const done = ['revenue-order:1', `lis-order:${sent}`];
    await put('effect_receipt', ...done.map((effect_key) => ({ effect_key, at: endedAt })));
    await runs(
      run('R1', 'failed', { event_ids: [whole] }),
      run('R2', 'failed', { event_ids: [empty] }),
      run('R3', 'failed', { event_ids: [unknown] }),
    );
    await runs(run('R4', 'failed', { function_id: 'former', event_ids: [whole] }));
    const listed = await listEffects({ runs: await runsWithEvents(['R1', 'R2', 'R3', 'R4']) });
    expect([...listed]).toEqual([
      [
        'R1',
        [
          { kind: 'ledger', key: 'revenue-order:1', doneAt: endedAt, done: 3, coming: 0 },
          { kind: 'ledger', key: 'revenue-order:2', doneAt: null, done: 0, coming: 3 },
          { kind: 'lis', key: `lis-order:${sent}`, doneAt: endedAt, done: 1, coming: 0 },
        ],
      ],
      [
        'R3',
        [
          { kind: 'sms', key: 'otp:no-id', doneAt: null, done: 0, coming: 0 },
          { kind: 'sms', key: 'message:a', doneAt: null, done: 0, coming: 1 },
        ],
      ],
    ]);
  });

  it('are counted once for all runs that have them in common, before anybody repeats them', async () => {
    const common = ['ledger', 'revenue-order:1', 3] as [string, string, number];
    await put('effect_receipt', { effect_key: 'revenue-order:1' });
    const ids = [
      await event(effects(common, ['ledger', 'revenue-order:2'])),
      await event(effects(common, ['sms', 'message:a', 2])),
    ];
    await runs(...ids.map((id, n) => run(`R${n}`, 'failed', { event_ids: [id] })), run('R9', 'running'));
    expect(await previewReplay({ selection: { runIds: ['R0', 'R1', 'R9'] } })).toEqual({
      ...{ runs: 2, left: { open: 1, replayed: 0, eventGone: 0 }, patients: 0, money: null, currency: 'VND' },
      effects: [
        { kind: 'sms', done: 0, willHappen: 2 },
        { kind: 'ledger', done: 3, willHappen: 1 },
      ],
    });
  });

  it('that are all done close a failure, and not some of them, nor those of events that are gone', async () => {
    await put('effect_receipt', { effect_key: 'revenue-order:1' }, { effect_key: 'revenue-order:2' });
    const done = await event(effects(['ledger', 'revenue-order:1'], ['ledger', 'revenue-order:2']));
    const half = await event(effects(['ledger', 'revenue-order:1'], ['ledger', 'revenue-order:3']));
    const failed = (id: string, ...event_ids: string[]) => run(id, 'failed', { event_ids });
    await runs(
      failed('done', done),
      failed('half', half),
      failed('gone', done, crypto.randomUUID()),
      failed('nothing', await event({})),
    );
    expect(await resolveFailures()).toBe(1);
    expect(await rowsOf('SELECT run_id AS id FROM background_run WHERE resolved_at IS NOT NULL')).toEqual([
      { id: 'done' },
    ]);
    expect(await resolveFailures()).toBe(0);
  });

  it('that completed runs have not had are missing, but for messages, which say themselves why they failed', async () => {
    await put('effect_receipt', { effect_key: 'revenue-order:1' });
    const some = await event(
      effects(['ledger', 'revenue-order:1'], ['ledger', 'revenue-order:2'], ['sms', 'message:a'], ['sms', 'otp:x']),
    );
    await runs(
      run('R1', 'completed', { event_ids: [some] }),
      run('gone', 'completed', { event_ids: [some, crypto.randomUUID()] }),
      run('none', 'completed', { event_ids: [await event({})] }),
    );
    const missing = await findMissingEffects({ hours: 24, most: 9 });
    expect(missing).toEqual([{ id: 'revenue-order:2', at: expect.any(Date) }]);
    expect(Math.round((Date.now() - (missing[0]?.at.getTime() ?? 0)) / 60_000)).toBe(60);
  });
});

describe('a function', () => {
  it('is paused and resumed once each, on record and with an event; one that there is not is not found', async () => {
    const actor = await makeStaff('administrator', null);
    const pause = (functionId: string) => pauseFunction({ actor, functionId, reason: 'bảo trì' });
    expect([await pause('order'), await pause('order')]).toEqual([
      { done: 1, left: 0 },
      { done: 0, left: 1 },
    ]);
    await expect(pause('none')).rejects.toMatchObject({ kind: 'not-found' });
    const resume = () => resumeFunction({ actor, functionId: 'order' });
    expect([await resume(), await resume()]).toEqual([
      { done: 1, left: 0 },
      { done: 0, left: 1 },
    ]);
    expect(await published('operations/function.resumed')).toEqual([{ functionId: 'order' }]);
    const of = { by: actor.id, entity: 'function', of: 'order' };
    expect((await trail()).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
      { ...of, action: 'function.paused', detail: { reason: 'bảo trì' } },
      { ...of, action: 'function.resumed', detail: { pausedSeconds: 0 } },
    ]);
  });

  it('whose runs missed the end of its pause is announced again, each once', async () => {
    const paused = (id: string, function_id: string) => run(id, 'paused', { function_id, state_at: ago(1) });
    await runs(paused('1', 'order'), paused('2', 'order'), paused('3', 'pos-order'));
    expect(await resumeStuckPauses()).toBe(2);
    const names = (await published('operations/function.resumed')).map(
      (data) => (data as { functionId: string }).functionId,
    );
    expect(names.sort()).toEqual(['order', 'pos-order']);
  });

  it('is asked for its pause once a second, and at once by who was just resumed; where that cannot be read it goes on', async () => {
    const at = (ms: number) =>
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2098-01-01T00:00:00Z').getTime() + ms });
    const question = (fresh: boolean, functionId = 'order') => checkPause({ functionId, fresh });
    at(0);
    expect(await question(true)).toBe(false);
    await rowsOf(`INSERT INTO function_pause (function_id, reason) VALUES ('order', 'x')`);
    at(1_000);
    expect(await question(false)).toBe(false);
    at(1_001);
    expect([await question(false), await question(false, 'pos-order')]).toEqual([true, false]);
    await rowsOf('DELETE FROM function_pause');
    expect([await question(false), await question(true), await question(false)]).toEqual([true, false, false]);
    await rowsOf('ALTER TABLE function_pause RENAME TO hidden');
    expect(await question(true)).toBe(false);
    await rowsOf('ALTER TABLE hidden RENAME TO function_pause');
    vi.useRealTimers();
  });
});

it('an instance is ready while its database answers', async () => {
  expect(await checkReadiness()).toEqual({ status: 'ok', database: true });
});
