import { MAX_REQUEST_BYTES, parseEvents, payloadOf, Refusal } from '../protocol/events';
import { eventIds, newId } from '../protocol/ids';
import { isEventKey, type Keys } from '../protocol/signature';
import { type AcceptedEvent, acceptEvents } from '../queue/inbox';
import { type Database, isPassing } from '../store/database';
import { headerOf, type Reply, type Route } from './exchange';

interface Waiting {
  events: AcceptedEvent[];
  done: () => void;
  failed: (error: unknown) => void;
}

/** Requests that arrive while a set is being written go together into the next one: one commit for many senders. */
export class EventIntake {
  private waiting: Waiting[] = [];
  private writing = 0;

  constructor(
    private readonly db: Database,
    private readonly onAccepted: () => void,
  ) {}

  /** Resolves when the events are durable. */
  accept(events: AcceptedEvent[]): Promise<void> {
    if (events.length === 0) return Promise.resolve();
    return new Promise((done, failed) => {
      this.waiting.push({ events, done, failed });
      if (this.writing === 0) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing++;
    while (this.waiting.length > 0) {
      const set = this.waiting.splice(0, this.waiting.length);
      try {
        await acceptEvents(
          this.db,
          set.flatMap((one) => one.events),
        );
        for (const one of set) one.done();
        this.onAccepted();
      } catch (error) {
        await this.writeEach(set, error);
      }
    }
    this.writing--;
  }

  /** One sender's bad event must not refuse the others; a database that is away refuses them all. */
  private async writeEach(set: Waiting[], cause: unknown): Promise<void> {
    if (set.length === 1 || isPassing(cause)) {
      for (const one of set) one.failed(cause);
      return;
    }
    for (const one of set) await acceptEvents(this.db, one.events).then(one.done, one.failed);
    this.onAccepted();
  }
}

export function eventRoutes(intake: EventIntake, keys: Keys): Route[] {
  const refuses: Route['refuses'] = ({ key = '' }) =>
    isEventKey(keys, key) ? null : { status: 401, body: { status: 401, message: '', error: 'Event key not found' } };
  const receive: Route['handle'] = async ({ request, body }): Promise<Reply> => {
    if (Buffer.byteLength(body) > MAX_REQUEST_BYTES) throw new Refusal(413, 'the request is too large');
    const events = parseEvents(body);
    if (events.length === 0) return { status: 200, body: { ids: [''], status: 200 } };
    const ids = eventIds(events.length, headerOf(request, 'x-inngest-event-id-seed'));
    const accepted = events.map((event, index) => {
      const id = ids[index] ?? newId();
      return { id, payload: payloadOf(event, id) };
    });
    await intake.accept(accepted);
    return { status: 200, body: { ids, status: 200 } };
  };
  return [{ method: 'POST', path: '/e/:key', refuses, handle: receive }];
}
