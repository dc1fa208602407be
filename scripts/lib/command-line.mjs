import { isBuilt } from './build.mjs';
import { programs } from './commands.mjs';
import { composeEnvironment, externalDatabase } from './environment.mjs';
import { runningInstance } from './runtime.mjs';
import { ensureSecrets } from './secrets.mjs';
import { readSettings } from './settings.mjs';

/**
 * How the operator's command line is run and with which environment: the running instance's, else one made for the
 * database that DATABASE_URL names. Null when there is neither.
 */
export function commandLine() {
  const running = runningInstance();
  if (running) {
    const environment = { ...process.env, ...running.environment };
    return { command: programs[running.mode].portal(environment), environment };
  }
  const settings = readSettings();
  if (!settings.DATABASE_URL) return null;
  const { secrets } = ensureSecrets();
  const database = externalDatabase(settings);
  const composed = composeEnvironment({ settings, secrets, database, port: 3000, enginePort: 8288 });
  const mode = isBuilt(composed) ? 'start' : 'dev';
  return { command: programs[mode].portal(composed), environment: { ...settings, ...composed } };
}
