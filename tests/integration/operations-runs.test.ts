import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startBackgroundOfTest } from './background';
import { openDatabase } from './database';
import { type Console, openConsole, runsAbout, soon } from './operations-world';

let close: () => Promise<void>;
let console: Console;
let sell: () => Promise<string>;
beforeAll(async () => {
  const database = await openDatabase();
  const background = await startBackgroundOfTest(database.url);
  ({ console, sell } = await openConsole());
  close = async () => {
    await background.close();
    await database.close();
  };
});
afterAll(() => close());

it('records a run with what it is about, its steps and its effects', async () => {
  const orderId = await sell();
  const [run] = await vi.waitFor(async () => {
    const runs = await runsAbout('pos-order', orderId);
    expect(runs).toMatchObject([{ state: 'completed', errorCode: null }]);
    return runs;
  }, soon);
  const detail = await console.run({ runId: run?.runId ?? '' });
  expect(detail).toMatchObject({ subject: { kind: 'order', id: orderId }, patients: 1, money: 120_333n, attempts: 1 });
  expect(detail.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'revenue completed',
    'receipt completed',
    'notice completed',
  ]);
  expect(detail.effects.map(({ kind, doneAt }) => [kind, doneAt !== null])).toEqual([
    ['ledger', true],
    ['pdf', true],
    ['notice', true],
  ]);
});
