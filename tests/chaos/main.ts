// The long trial: see scripts/chaos.mjs, which starts it in a folder and on ports of its own.
import { z } from 'zod';
import { randomNumbers } from '../faults/random';
import { strikeAtRandom } from './faults';
import { Instance } from './instance';
import { checkInvariants, type Line } from './invariants';
import { type Acknowledged, cashiers } from './load/cashiers';
import { months } from './load/months';
import { Refusals } from './load/persist';
import { uploads, type Written } from './load/uploads';
import { visitors } from './load/visitors';
import { comeToRest } from './rest';

const given = z
  .object({ minutes: z.coerce.number(), seed: z.coerce.number(), rows: z.coerce.number(), uploads: z.coerce.number() })
  .parse(JSON.parse(process.env.CHAOS ?? '{}'));

/** Longer than the longest pause before another try. */
const STILL_MS = 10 * 60_000;
const UPLOADS_WITHIN_MS = 60 * 60_000;
const PAUSE_MS: [number, number] = given.minutes > 3 ? [6_000, 30_000] : [4_000, 14_000];

const began = Date.now();
function say(what: string): void {
  const seconds = Math.round((Date.now() - began) / 1_000);
  console.log(`${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}  ${what}`);
}

/** The five months before this one, as YYYY-MM: each gets a sheet and is stated. */
const pastMonths = Array.from({ length: 5 }, (_, back) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - back, 1)).toISOString().slice(0, 7);
});

function sayTable(lines: readonly Line[]): void {
  const width = Math.max(...lines.map(({ name }) => name.length));
  console.log(`\n     ${'invariant'.padEnd(width)}  ${'looked at'.padStart(9)}  broken`);
  for (const { name, looked, broken, note } of lines) {
    const mark = broken === 0 ? '✓' : '✗';
    console.log(
      `  ${mark}  ${name.padEnd(width)}  ${String(looked).padStart(9)}  ${String(broken).padStart(6)}  ${note ?? ''}`,
    );
  }
}

const instance = new Instance(say);
const random = randomNumbers(given.seed);
const sold: Acknowledged[] = [];
const written: Written[] = [];
const published: string[] = [];
const refusals = new Refusals();

async function trial(): Promise<boolean> {
  say(`seed ${given.seed}, ${given.minutes} minutes of faults`);
  await instance.ensureUp();
  say('the portal is up');
  const until = Date.now() + given.minutes * 60_000;
  const stop = () => Date.now() > until;
  const load = Promise.all([
    cashiers({ sold, refusals, stop, random }),
    uploads(given.uploads, given.rows, pastMonths, {
      refusals,
      stop,
      timedOut: () => Date.now() > until + UPLOADS_WITHIN_MS,
      written,
    }),
    months(pastMonths, { refusals, stop, written, published }),
    visitors({ instance, refusals, stop, random }),
  ]);
  const struck = await strikeAtRandom(instance, { random, stop, say, pauseMs: PAUSE_MS });
  await instance.ensureUp();
  say('no more faults; coming to rest');
  const [, , , visits] = await load;
  const left = await comeToRest(instance, STILL_MS, say);
  say('looking');
  const lines = await checkInvariants(instance, {
    sold,
    written,
    published,
    refusals,
    left,
    supervisorsEnded: instance.ended,
  });
  sayTable(lines);
  console.log(`\n  struck: ${[...struck].map(([name, count]) => `${name} ${count}`).join(', ')}`);
  console.log(
    `  ${sold.length} sales, ${written.length} uploads, ${published.length} months published, ${visits.passed} of ${visits.tried} visits read`,
  );
  const broken = lines.filter((line) => line.broken > 0).length;
  console.log(`  seed ${given.seed}: ${broken === 0 ? 'every invariant holds' : `${broken} invariants broken`}`);
  return broken === 0;
}

let ending: Promise<void> | undefined;
async function end(code: number): Promise<void> {
  ending ??= instance
    .stop()
    .catch(() => instance.killAll())
    .catch(() => undefined);
  await ending;
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(130));

try {
  await end((await trial()) ? 0 : 1);
} catch (error) {
  console.error(error);
  await end(1);
}
