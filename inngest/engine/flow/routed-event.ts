import type { EventPayload } from '../protocol/events';

/** An accepted event on its way to the functions. */
export interface RoutedEvent {
  /** The internal ULID. */
  id: string;
  /** Its place in the order of arrival, as the text of a number. */
  seq: string;
  payload: EventPayload;
  /** Set when only this function may take it: an invocation or a cron tick. */
  functionId: string | null;
}
