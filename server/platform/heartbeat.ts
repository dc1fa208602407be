import { healthPool } from './db';
import { logger } from './logger';

const EVERY_MS = 3_000;

/** Says every few seconds that the running instance lives, which the command line looks for before it waits for background work. */
export function startHeartbeat(): { stop: () => void } {
  let beating = false;
  const beat = async () => {
    if (beating) return;
    beating = true;
    try {
      await healthPool().query(
        `INSERT INTO instance_fact (key, value, at) VALUES ('relay', '{}', now()) ON CONFLICT (key) DO UPDATE SET at = now()`,
      );
    } catch (err) {
      logger('heartbeat').warn({ err }, 'the database did not answer');
    } finally {
      beating = false;
    }
  };
  void beat();
  const timer = setInterval(() => void beat(), EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
