import { deleteOldSessions } from '../repository';

// So long an address counts as one from which the person has signed in before.
const KEPT_DAYS = 30;

/** Removes sessions that were over a month ago. Answers how many. */
export const pruneSessions = (): Promise<number> => deleteOldSessions(KEPT_DAYS);
