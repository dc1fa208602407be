import { pause } from '../faults/deadlines';
import type { Instance } from './instance';

type Fault = { name: string; weight: number; strike: (instance: Instance, random: () => number) => Promise<void> };

const HOG_MS = 15_000;

const kill = (service: string): Fault => ({
  name: `${service} killed`,
  weight: 3,
  strike: async (instance) => instance.signal(service, 'SIGKILL'),
});

/** Stopped and never continued: alive and silent, as a process that waits for itself. */
const wedge = (service: string): Fault => ({
  name: `${service} stopped`,
  weight: 1,
  strike: async (instance) => instance.signal(service, 'SIGSTOP'),
});

const faults = (services: readonly string[]): Fault[] => [
  ...services.map(kill),
  ...services.filter((service) => service !== 'postgres').map(wedge),
  {
    name: 'supervisor killed',
    weight: 2,
    strike: async (instance, random) => {
      await instance.killSupervisor();
      await pause(random() * 4_000);
    },
  },
  {
    name: 'everything killed',
    weight: 2,
    strike: async (instance, random) => {
      await instance.killAll();
      await pause(random() * 2_000);
    },
  },
  {
    name: 'connections cut',
    weight: 2,
    strike: async (instance) => {
      await instance.asSuperuser(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL`,
      );
    },
  },
  {
    name: 'one connection in two cut',
    weight: 2,
    strike: async (instance) => {
      await instance.asSuperuser(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL AND random() < 0.5`,
      );
    },
  },
  { name: 'connections taken', weight: 1, strike: (instance) => takeConnections(instance) },
];

/** Takes every connection that the application's role can have, for a while. */
async function takeConnections(instance: Instance): Promise<void> {
  const { default: pg } = await import('pg');
  const address = instance.runtime.environment.DATABASE_URL;
  const taken = Array.from({ length: 120 }, () => {
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 3_000 });
    client.on('error', () => {});
    return client;
  });
  await Promise.allSettled(taken.map((client) => client.connect()));
  await pause(HOG_MS);
  await Promise.allSettled(taken.map((client) => client.end()));
}

function choose(among: Fault[], random: () => number): Fault | undefined {
  let at = random() * among.reduce((sum, { weight }) => sum + weight, 0);
  return among.find(({ weight }) => {
    at -= weight;
    return at < 0;
  });
}

/** Strikes at seeded moments until stopped; returns which fault struck how often. `say` is called for each. */
export async function strikeAtRandom(
  instance: Instance,
  {
    random,
    stop,
    say,
    pauseMs,
  }: { random: () => number; stop: () => boolean; say: (what: string) => void; pauseMs: [number, number] },
): Promise<Map<string, number>> {
  const struck = new Map<string, number>();
  const [least, most] = pauseMs;
  while (!stop()) {
    await pause(least + random() * (most - least));
    if (stop()) break;
    const fault = choose(faults(instance.services), random);
    if (!fault) continue;
    say(fault.name);
    struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1);
    // The database may be away at this very moment: then the fault finds nothing to break.
    await fault.strike(instance, random).catch(() => undefined);
    await instance.ensureUp();
  }
  return struck;
}
