// What a hard day leaves of the web process: the memory it holds at most through a rush of sales, a large upload and a month's
// PDFs, all at once, and what it still holds a minute later. It works for real: run it on an instance that may keep it.

import { Desk } from './lanes/desk';
import { Cashier } from './order/cashier';
import { processOf, residentMb } from './order/web';
import { signIn } from './portal/client';
import { printFigure } from './report/figure';

const bench = 'rush';
const SALES = 20_000;
const CASHIERS = 32;
const ROWS = 100_000;
const MOST_MB = 700;
const LOOK_MS = 250;
const REST_MS = 60_000;
const WATCHED = ['web', 'worker', 'engine'] as const;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The most that each process held, looked at several times a second. */
function watchMemory(): { stop: () => Map<string, number> } {
  const most = new Map<string, number>();
  const look = () => {
    for (const name of WATCHED) {
      const pid = processOf(name);
      if (pid) most.set(name, Math.max(most.get(name) ?? 0, residentMb(pid)));
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

type Month = { state: string | null; statements?: number };

/** Runs the last month and seals it, so that every doctor's statement is drawn in both languages. */
async function renderMonth(): Promise<void> {
  const finance = await signIn('finance@sapoche.example');
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)).toISOString().slice(0, 7);
  try {
    await finance.mutate('statements.run', { month });
    for (;;) {
      const { run } = await finance.query<{ run: Month | null }>('statements.month', { month });
      if (run?.state === 'done') break;
      if (run?.state === 'failed') throw new Error('the month could not be run');
      await pause(1_000);
    }
    await finance.mutate('statements.approve', { month });
  } catch (error) {
    // Sealed by an earlier run of this bench: its PDFs are there.
    console.error(`the month was not drawn again: ${error instanceof Error ? error.message : error}`);
  } finally {
    finance.close();
  }
}

const web = processOf('web');
if (!web) throw new Error('no running instance of this machine: `npm start` first');
const [desk, cashier] = [await Desk.open(), await Cashier.open()];
try {
  const before = residentMb(web);
  const memory = watchMemory();
  const begun = performance.now();
  const sales = cashier.rush(SALES, CASHIERS);
  const id = await desk.prepare('standard', ROWS);
  await Promise.all([sales, desk.write(id), renderMonth()]);
  const seconds = (performance.now() - begun) / 1000;
  await pause(REST_MS);
  printFigure({ bench, figure: 'lasted', value: seconds, unit: 's' });
  const limits = { web: { limit: MOST_MB, peer: before } } as Record<string, { limit: number; peer: number }>;
  for (const [name, value] of memory.stop()) {
    printFigure({ bench, figure: `${name}-most`, value, unit: 'MB', ...limits[name] });
  }
  printFigure({
    bench,
    figure: 'web-a-minute-later',
    value: residentMb(web),
    unit: 'MB',
    limit: MOST_MB,
    peer: before,
  });
} finally {
  desk.close();
  cashier.portal.close();
}
