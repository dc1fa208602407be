import type { EventContract } from './define-event';

/** Every event by its name; the relay refuses to deliver one that is not here or does not fit. */
export const events: EventContract[] = [];
