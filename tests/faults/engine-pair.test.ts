import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { freePort } from '@/scripts/lib/ports.mjs';
import { createTestDatabase, type TestDatabase } from '../engine/setup';
import { pause, until } from './deadlines';
import { miscountedSlots, openWork } from './engine/checks';
import { type Fixture, makeFixture } from './engine/fixture';
import { Load } from './engine/load';
import { expectAllOnce } from './engine/verdict';
import { frontOf } from './front';
import type { Killable } from './processes';
import { randomNumbers, seed } from './random';

const DEATHS = 8;
const LATEST_MS = 1_500;
/** Some are back before the other has taken over, some after. */
const AWAY_MS = 5_000;
const SEND_EVERY_MS = 80;

const random = randomNumbers(seed);
let db: TestDatabase;
let front: Awaited<ReturnType<typeof frontOf>>;
let fixture: Fixture;
let engines: Killable[];
beforeAll(async () => {
  const ports = [await freePort(), await freePort()];
  [db, front] = await Promise.all([createTestDatabase(), frontOf(ports)]);
  fixture = await makeFixture(db.url, front.port);
  engines = ports.map((port) => fixture.engineAt(port));
  await Promise.all([...engines, fixture.app].map((one) => one.start()));
  await fixture.synced();
});
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.kill()));
  await fixture?.close();
  await front?.close();
  await db?.drop();
});

/** Who holds leases at the moment: engines go by names of their own. */
const owners = async () =>
  (
    await fixture.ask<{ owner: string }>(
      `SELECT DISTINCT lease_owner AS owner FROM inngest_engine.jobs WHERE state = 'leased'`,
    )
  )
    .map(({ owner }) => owner)
    .sort();

it('takes over from an engine that dies beside another, and does nothing twice', async () => {
  onTestFailed(() => console.error(`KILL_SEED=${seed}`, engines.map((engine) => engine.said()).join('\n')));
  const load = new Load(fixture.keys, fixture.ask, random);
  load.start(SEND_EVERY_MS);
  expect(await until(async () => (await owners()).length === 2, 20_000), 'both engines work').toBe(true);
  for (let death = 0; death < DEATHS; death++) {
    await pause(random() * LATEST_MS);
    expect(await miscountedSlots(fixture.ask)).toEqual([]);
    const dying = engines[Math.floor(random() * engines.length)];
    await dying?.kill();
    await pause(random() * AWAY_MS);
    await dying?.start();
  }
  const [first] = engines;
  await first?.kill();
  expect(await openWork(fixture.ask)).toBeGreaterThan(0);
  console.info(`KILL_SEED=${seed}: ${await expectAllOnce(fixture, load)}`);
}, 300_000);
