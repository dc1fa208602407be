import { existsSync, readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { inData } from '../../../scripts/lib/paths.mjs';
import { runningInstance } from '../../../scripts/lib/runtime.mjs';
import { codesIn, type Secrets, tokensIn } from './leaks';

/** A place that keeps what happened, and every text in it. */
export type Trace = { place: string; texts: string[] };

// By hand these tests may look at any instance whose databases the environment names.
const settings: Record<string, string | undefined> = runningInstance()?.environment ?? process.env;

async function texts(address: string | undefined, statement: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query<{ text: string }>(statement)).rows.map(({ text }) => text);
  } finally {
    await client.end();
  }
}
const ofPortal = (statement: string) => texts(settings.DATABASE_URL, statement);
const ofEngine = (statement: string) => texts(settings.ENGINE_DATABASE_URL ?? settings.DATABASE_URL, statement);

const storedKeys = (): Record<string, string> =>
  existsSync(inData('secrets.json')) ? JSON.parse(readFileSync(inData('secrets.json'), 'utf8')) : {};

/** What the instance knows that nobody may read in its traces. */
export async function secretsOfInstance(): Promise<Secrets> {
  const messages = await ofPortal('SELECT text FROM local_message');
  return {
    names: await ofPortal('SELECT full_name AS text FROM patient'),
    phones: await ofPortal('SELECT phone AS text FROM patient UNION SELECT phone FROM doctor WHERE phone IS NOT NULL'),
    codes: messages.flatMap(codesIn),
    tokens: messages.flatMap(tokensIn),
    keys: storedKeys(),
  };
}

const COLUMNS = [
  'outbox_event.data',
  'outbox_event.last_error',
  'audit_entry.detail',
  'message.params',
  'message.failure',
];

async function engineTables(): Promise<Trace[]> {
  const tables = await ofEngine(`SELECT tablename AS text FROM pg_tables WHERE schemaname = 'inngest_engine'`);
  const read: Trace[] = [];
  // One after the other: the engine's role has few connections beside the engine's own.
  for (const table of tables) {
    const statement = `SELECT row_to_json(t)::text AS text FROM inngest_engine."${table}" t`;
    read.push({ place: `inngest_engine.${table}`, texts: await ofEngine(statement) });
  }
  return read;
}

/** Everything that the instance wrote about what happened: logs, events, audit trail, messages, the engine's tables. */
export async function tracesOfInstance(): Promise<Trace[]> {
  const logs = existsSync(inData('logs')) ? readdirSync(inData('logs')) : [];
  const columns = COLUMNS.map(async (place) => {
    const [table, column] = place.split('.');
    return { place, texts: await ofPortal(`SELECT ${column}::text AS text FROM ${table} WHERE ${column} IS NOT NULL`) };
  });
  return [
    ...logs.map((name) => ({ place: `logs/${name}`, texts: readFileSync(inData('logs', name), 'utf8').split('\n') })),
    ...(await Promise.all(columns)),
    ...(await engineTables()),
  ];
}
