import { runningInstance } from '../runtime.mjs';
import { Refusal } from '../say.mjs';
import { withScratchDatabase } from '../scratch-postgres.mjs';
import { commands } from './commands.mjs';
import { createDriver } from './driver.mjs';
import { loadEngine } from './engine.mjs';

const USAGE = 'usage: npm run migrate -- deploy | create <name> | check | resolve --applied|--rolled-back <name>';

async function perform(name, args, url) {
  const driver = createDriver(url);
  let explain = (error) => error.message;
  try {
    const loaded = await loadEngine(driver.factory);
    explain = loaded.explain;
    await commands[name]({ engine: loaded.engine, url }, ...args);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`migrate ${name}: ${explain(error)}`);
  } finally {
    await driver.close();
  }
}

/** Runs one command of `npm run migrate`. */
export async function migrate([name, ...args]) {
  if (!Object.hasOwn(commands, name ?? '')) throw new Refusal(USAGE);
  const named = process.env.MIGRATION_DATABASE_URL ?? process.env.DATABASE_URL;
  if (named) return perform(name, args, named);
  if (name === 'create') return withScratchDatabase((url) => perform('create', args, url));
  if (name === 'check') {
    return withScratchDatabase(async (url) => {
      await perform('deploy', [], url);
      await perform('check', [], url);
    });
  }
  const running = runningInstance();
  if (!running) throw new Refusal('No instance runs and MIGRATION_DATABASE_URL is not set.');
  return perform(name, args, running.environment.MIGRATION_DATABASE_URL);
}
