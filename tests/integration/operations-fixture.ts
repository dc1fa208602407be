import type { ApiContext } from '@/server/api/context';
import { appRouter } from '@/server/api/root';
import { createCallerFactory } from '@/server/api/trpc';
import type { RunState } from '@/server/modules/core/operations/schema';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { startBackgroundOfTest } from './background';
import { openDatabase } from './database';
import { cartOf, makeCashier, makeFixture, makeStaff, rowsOf } from './till-fixture';

export const soon = { timeout: 60_000, interval: 50 };

/** What the console's screens call, in somebody's name. */
export function consoleOf(actor: StaffActor) {
  const { correlationId } = actor;
  const context: ApiContext = { staff: actor, doctor: null, locale: 'vi', correlationId, addressHash: 'operations' };
  return createCallerFactory(appRouter)(context).operations;
}

export type Console = ReturnType<typeof consoleOf>;

interface Room {
  console: Console;
  admin: StaffActor;
  sell: () => Promise<string>;
}

interface WorkingConsole extends Room {
  /** From now on every run of this function meets a fault that nobody expected; null ends it. */
  breakFunction: (id: string | null) => void;
  close: () => Promise<void>;
}

/** A fixture with a till, somebody who sells at it, and an administrator at the console. */
export async function openConsole(): Promise<Room> {
  await makeFixture();
  const { actor } = await makeCashier('T1');
  const admin = await makeStaff('administrator', null);
  const sell = async () => (await createPaidOrder({ actor, cart: await cartOf() })).orderId;
  return { console: consoleOf(admin), admin, sell };
}

/** The same in a database of its own, with its background at work. */
export async function openWorkingConsole(): Promise<WorkingConsole> {
  const database = await openDatabase();
  const background = await startBackgroundOfTest(database.url);
  const close = async () => {
    await background.close();
    await database.close();
  };
  return { ...(await openConsole()), breakFunction: background.breakFunction, close };
}

type Recorded = { runId: string; state: RunState; errorCode: string | null; attempts: number; replayOf: string[] };

/** The runs of a function about a subject, as they were recorded, oldest first. */
export const runsAbout = (functionId: string, subjectId: string): Promise<Recorded[]> =>
  rowsOf<Recorded>(
    `SELECT run_id AS "runId", state, error_code AS "errorCode", attempts, replay_of AS "replayOf" FROM background_run
     WHERE function_id = $1 AND subject_ids @> ARRAY[$2] ORDER BY started_at`,
    [functionId, subjectId],
  );
