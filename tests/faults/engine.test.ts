import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { pause, until } from './deadlines';
import { hasLastAttempt, miscountedSlots, openWork } from './engine/checks';
import { type Fixture, makeFixture } from './engine/fixture';
import { Load } from './engine/load';
import { expectAllOnce } from './engine/verdict';
import { type CrashablePostgres, crashablePostgres } from './postgres';
import type { Killable } from './processes';
import { randomNumbers, seed, shuffled } from './random';

const MOMENTS = 50;
/** Of so many moments, one strikes two at once. */
const DOUBLE = 6;
/** A moment comes so long after the last victim is back, and a victim stays away so long, at most. */
const LATEST_MS = 1_600;
const AWAY_MS = 700;
const SPARED_MS = 10_000;
const SEND_EVERY_MS = 110;

const random = randomNumbers(seed);
const anyOf = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T;

let postgres: CrashablePostgres;
let fixture: Fixture;
beforeAll(async () => {
  postgres = await crashablePostgres(anyOf);
  await postgres.start();
  fixture = await makeFixture(postgres.url);
  await Promise.all([fixture.engine.start(), fixture.app.start()]);
  await fixture.synced();
});
afterAll(async () => {
  await fixture?.close();
  await postgres?.remove();
});

/** Who dies at each moment: each of the three as often as the others, now and then two of them. */
function victims(): Killable[][] {
  const three = [fixture.engine, fixture.app, postgres];
  const plan = shuffled(
    Array.from({ length: MOMENTS }, (_, at) => three[at % three.length] as Killable),
    random,
  );
  return plan.map((victim, at) => (at % DOUBLE ? [victim] : [victim, anyOf(three.filter((one) => one !== victim))]));
}

interface Moment {
  died: string;
  open: number;
}

async function killAtRandom(moments: Moment[]): Promise<void> {
  for (const dying of victims()) {
    await pause(random() * LATEST_MS);
    // Two deaths of the application in its two attempts are the end of a handler of failures: the one loss that is agreed.
    if (dying.includes(fixture.app)) await until(async () => !(await hasLastAttempt(fixture.ask)), SPARED_MS);
    moments.push({ died: dying.map(({ name }) => name).join(' and '), open: await openWork(fixture.ask) });
    expect(await miscountedSlots(fixture.ask)).toEqual([]);
    await Promise.all(dying.map((victim) => victim.kill()));
    await pause(random() * AWAY_MS);
    await Promise.all(dying.map((victim) => victim.start()));
  }
}

it('ends every run once, with each effect once, whoever is killed under load', async () => {
  const moments: Moment[] = [];
  onTestFailed(() => {
    console.error(`KILL_SEED=${seed}, died: ${moments.map(({ died, open }) => `${died} (${open} open)`).join(', ')}`);
    for (const one of [fixture.engine, fixture.app, postgres]) console.error(`${one.name}:\n${one.said()}`);
  });
  const load = new Load(fixture.keys, fixture.ask, random);
  load.start(SEND_EVERY_MS);
  await killAtRandom(moments);
  const figures = await expectAllOnce(fixture, load);
  console.info(`KILL_SEED=${seed}: ${moments.length} moments, ${figures}`);
  expect(moments.filter(({ open }) => open === 0)).toEqual([]);
}, 600_000);
