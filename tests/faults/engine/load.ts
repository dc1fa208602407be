import { Inngest } from 'inngest';
import { pause } from '../deadlines';
import type { Ask } from './fixture';

/** Every kind of event that is sent of itself, each the trigger of the function of the same name. */
const KINDS = [
  'plain',
  'parallel',
  'sleeping',
  'waiting',
  'invoking',
  'limited',
  'flaky',
  'fanning',
  'throttled',
  'debounced',
  'batched',
  'caught',
  'failing',
  'exhausted',
  'cancelled',
] as const;
type Kind = (typeof KINDS)[number];

export interface SentEvent {
  /** Chosen by the sender, so that a repetition is the same event. */
  id: string;
  kind: Kind;
  n: number;
}

const REFUSED_PAUSE_MS = 150;
const FOLLOW_MS = 250;
/** Of so many events, one is sent once more after it was accepted. */
const REPEATED = 8;
const KEYS = 3;

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A sender that repeats each event until it is accepted, and answers and cancels the runs that wait for it. */
export class Load {
  readonly accepted: SentEvent[] = [];
  /** Sends that were refused, by an engine or a database that was away; each was repeated. */
  refusals = 0;
  private readonly client: Inngest;
  private readonly underWay = new Set<Promise<void>>();
  private readonly followed = new Set<string>();
  private stream: Promise<void> | undefined;
  private follower: Promise<void> | undefined;
  private streaming = true;
  private following = true;

  constructor(
    keys: Record<string, string>,
    private readonly ask: Ask,
    private readonly random: () => number,
  ) {
    this.client = new Inngest({
      id: 'sender',
      isDev: false,
      baseUrl: keys.INNGEST_BASE_URL,
      eventKey: keys.INNGEST_EVENT_KEY,
      signingKey: keys.INNGEST_SIGNING_KEY,
      logger: quiet,
    });
  }

  /** Sends events one by one, with such a pause between them on average, until it is signalled to stop. */
  start(pauseMs: number): void {
    this.stream = this.flow(pauseMs);
    this.follower = this.follow();
  }

  private async flow(pauseMs: number): Promise<void> {
    for (let n = 1; this.streaming; n++) {
      const kind = KINDS[n % KINDS.length] ?? 'plain';
      this.note(this.deliver({ id: `${kind}-${n}`, kind, n }));
      await pause(this.random() * 2 * pauseMs);
    }
  }

  private note(delivery: Promise<void>): void {
    this.underWay.add(delivery);
    void delivery.finally(() => this.underWay.delete(delivery));
  }

  private async deliver(event: SentEvent): Promise<void> {
    const { id, kind, n } = event;
    const sent = { id, name: `faults/${kind}`, data: { n, key: `k${n % KEYS}` } };
    await this.send(sent);
    this.accepted.push(event);
    if (n % REPEATED === 0) await this.send(sent);
  }

  private async send(event: { id: string; name: string; data: object }): Promise<void> {
    for (;;) {
      try {
        await this.client.send(event);
        return;
      } catch {
        this.refusals++;
        await pause(REFUSED_PAUSE_MS);
      }
    }
  }

  /** Runs that wait get their answer, those that sleep for an hour are cancelled: each by an event that is sent until accepted. */
  private async follow(): Promise<void> {
    while (this.following) {
      const rows = await this.ask<{ n: number; name: string }>(
        `SELECT DISTINCT (e.payload -> 'data' ->> 'n')::int AS n,
           CASE WHEN w.kind = 'event' THEN 'faults/answer' ELSE 'faults/cancel' END AS name
         FROM inngest_engine.waits w JOIN inngest_engine.runs r ON r.id = w.run_id
         JOIN inngest_engine.events e ON e.id = r.event_id
         WHERE w.kind = 'event' OR EXISTS (
           SELECT FROM inngest_engine.timers t WHERE t.run_id = r.id AND t.purpose = 'step')`,
      );
      for (const { n, name } of rows) {
        const id = `${name}-${n}`;
        if (this.followed.has(id)) continue;
        this.followed.add(id);
        this.note(this.send({ id, name, data: { n } }));
      }
      await pause(FOLLOW_MS);
    }
  }

  /** Sends nothing new; what was begun is still delivered, and followed up. */
  async finish(): Promise<void> {
    this.streaming = false;
    await this.stream;
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async stop(): Promise<void> {
    await this.finish();
    this.following = false;
    await this.follower;
    await this.finish();
  }
}
