// What each list takes to open at 1,000,000 rows, beside the same list at 10,000: on a PostgreSQL of its own that is gone afterwards.
import { fromSource } from '../scripts/lib/commands.mjs';
import { run } from '../scripts/lib/run.mjs';
import { startTestDatabase, TEMPLATE, testEnvironment } from '../scripts/lib/testing/database.mjs';
import { fillLists } from './lists/fill';
import { printFigure } from './report/figure';

const bench = 'lists';
const [FEW, MANY] = [10_000, Number(process.argv[2] ?? 1_000_000)];
const LIMIT_OF_FEW = 1.5;

const server = await startTestDatabase();

async function opened(rows: number): Promise<Record<string, number>> {
  const name = `lists_${rows}`;
  await fillLists(await copied(name), rows);
  const url = new URL(server.url(name));
  url.username = 'portal_app';
  url.password = 'app';
  const [program, ...args] = fromSource('bench/lists/opened.ts');
  const env = { ...testEnvironment(server), DATABASE_URL: url.toString(), LOG_LEVEL: 'silent' };
  const { code, output } = await run(program, args, { env });
  if (code !== 0) throw new Error(output);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}');
}

async function copied(name: string): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO portal_app`);
  await client.end();
  return server.url(name);
}

try {
  const [few, many] = [await opened(FEW), await opened(MANY)];
  for (const [list, value] of Object.entries(many)) {
    const peer = few[list] ?? 0;
    printFigure({
      bench,
      figure: `${list}: ${MANY} rows beside ${FEW}, median`,
      value,
      unit: 'ms',
      limit: peer * LIMIT_OF_FEW,
      peer,
    });
  }
} finally {
  await server.stop();
}
