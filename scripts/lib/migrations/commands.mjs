import pg from 'pg';
import { inRoot } from '../paths.mjs';
import { Refusal } from '../say.mjs';
import { connectionOf } from './driver.mjs';
import { migrationsList, schemaFiles, writeMigration } from './files.mjs';
import { applyRoutines } from './routines.mjs';

const LOCK = 7_270_736_901;
const filters = { externalTables: [], externalEnums: [] };
const say = (text) => console.log(`migrate: ${text}`);

/** Applies what is pending, then recreates the routines where they or the tables have changed. Two at once wait for each other. */
async function deploy({ engine, url }) {
  // The engine's own lock belongs to one session, but its queries roam over a pool: this one is locked beside it.
  const lock = new pg.Client(connectionOf(url));
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsList(), filters });
    for (const name of appliedMigrationNames) say(`applied ${name}`);
    const renewed = await applyRoutines(lock, { forced: appliedMigrationNames.length > 0 });
    if (renewed) say('routines recreated');
    else say('nothing to apply');
  } finally {
    await lock.end();
  }
}

/** Writes the migration that leads from the migrations on disk to prisma/schema. */
async function create({ engine }, name) {
  if (!/^[a-z0-9_]+$/.test(name ?? '')) throw new Refusal('usage: npm run migrate -- create <snake_case_name>');
  const { stdout, exitCode } = await engine.diff({
    from: { tag: 'migrations', ...migrationsList() },
    to: { tag: 'schemaDatamodel', files: schemaFiles() },
    script: true,
    exitCode: true,
    filters,
  });
  say(exitCode === 0 ? 'schema and migrations agree; nothing to create' : `created ${writeMigration(name, stdout)}`);
}

async function historyProblems(engine) {
  const history = await engine.diagnoseMigrationHistory({
    migrationsList: migrationsList(),
    optInToShadowDatabase: false,
    filters,
  });
  const failed = history.failedMigrationNames.map((name) => `${name} failed half-way`);
  const edited = history.editedMigrationNames.map((name) => `${name} was edited after it was applied`);
  return [...failed, ...edited, ...(history.history ? [`history: ${JSON.stringify(history.history)}`] : [])];
}

/** Compares schema, migrations and database. */
async function check({ engine }) {
  const datamodel = { tag: 'schemaDatamodel', files: schemaFiles() };
  const comparisons = {
    'prisma/schema has changes without a migration': { tag: 'migrations', ...migrationsList() },
    'the database differs from prisma/schema': {
      tag: 'schemaDatasource',
      files: schemaFiles(),
      configDir: inRoot(),
    },
  };
  const problems = await historyProblems(engine);
  for (const [label, from] of Object.entries(comparisons)) {
    const { exitCode, stdout } = await engine.diff({ from, to: datamodel, script: false, exitCode: true, filters });
    if (exitCode !== 0) problems.push(`${label}:\n${stdout}`);
  }
  if (problems.length > 0) throw new Refusal(problems.join('\n'));
  say('database, migrations and schema agree');
}

/** Records by hand what became of a migration that failed half-way. */
async function resolve({ engine }, flag, migrationName) {
  if (flag === '--applied') await engine.markMigrationApplied({ migrationName, migrationsList: migrationsList() });
  else if (flag === '--rolled-back') await engine.markMigrationRolledBack({ migrationName });
  else throw new Refusal('usage: npm run migrate -- resolve --applied|--rolled-back <migration>');
  say(`resolved ${migrationName}`);
}

export const commands = { deploy, create, check, resolve };
