import pg from 'pg';
import { env } from '../env';
import { logger } from '../logger';
import type { Channel } from '../notify';

const AGAIN_MS = 1_000;

/**
 * Calls `onNotification` with what each NOTIFY on a channel says, and with nothing whenever listening begins (again): what was said
 * while the connection was lost is lost, so the listener looks for itself. LISTEN needs a connection of its own; a broken one
 * is made again.
 */
export function listen(
  channel: Channel,
  onNotification: (payload: string | undefined) => void,
): { stop: () => Promise<void> } {
  let stopped = false;
  let client: pg.Client | undefined;

  const connect = async () => {
    const fresh = new pg.Client({ connectionString: env().DATABASE_URL, application_name: `portal-${channel}` });
    client = fresh;
    fresh.on('notification', ({ payload }) => onNotification(payload));
    fresh.on('error', () => {});
    fresh.on('end', () => void again());
    await fresh.connect();
    await fresh.query(`LISTEN ${channel}`);
    onNotification(undefined);
  };
  const again = async () => {
    if (stopped) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    if (!stopped) await connect().catch(() => client?.end().catch(() => {}));
  };
  connect().catch((err: unknown) => {
    logger('listen').warn({ err, channel }, 'not listening yet');
    void client?.end().catch(() => {});
  });

  return {
    stop: async () => {
      stopped = true;
      await client?.end().catch(() => {});
    },
  };
}
