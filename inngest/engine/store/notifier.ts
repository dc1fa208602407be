import pg from 'pg';
import { connectionSettings, type Database, type Queryable } from './database';

const CHANNEL = 'inngest_engine';
const RECONNECT_MS = 1_000;
/** NOTIFY takes a lock that all commits share, so notifications are gathered and sent apart from the work itself. */
const GATHER_MS = 25;

export type Notification = 'work' | 'catalog';

/** Says once that there is something to do. The sender is one word or more, and no engine's id unless it is one's own. */
export async function notify(db: Queryable, notification: Notification, sender: string): Promise<void> {
  await db.query('SELECT pg_notify($1, $2)', [CHANNEL, `${notification} ${sender}`]);
}

/** Notifies the other engines of a database that there is work, and listens to them. A periodic sweep finds what was missed. */
export class Notifier {
  private client: pg.Client | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly db: Database,
    private readonly url: string,
    private readonly self: string,
    private readonly onNotification: (notification: Notification) => void,
  ) {}

  async listen(): Promise<void> {
    if (this.stopped) return;
    const client = new pg.Client(connectionSettings(this.url));
    const again = () => {
      if (this.client !== client) return;
      this.client = undefined;
      setTimeout(() => void this.listen(), RECONNECT_MS).unref();
    };
    this.client = client;
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => {
      const [notification, sender] = (payload ?? '').split(' ');
      if (sender !== this.self && (notification === 'work' || notification === 'catalog'))
        this.onNotification(notification);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      client.end().catch(() => undefined);
      again();
    }
  }

  /** There is new work; many calls make one notification. */
  work(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.send('work');
    }, GATHER_MS);
  }

  /** Work of a lost notification is found by the periodic sweep. */
  async send(notification: Notification): Promise<void> {
    await notify(this.db, notification, this.self).catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.gathering);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }
}
