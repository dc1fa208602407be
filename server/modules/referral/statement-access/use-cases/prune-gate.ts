import { pruneOnce } from '../repository';

const MOST_ROUNDS = 50;

/**
 * Removes what the gate needs no more, some thousands of rows at a time: codes that are over and older than any limit counts,
 * ended sessions, browsers that are no longer known, old lockouts, and what ended links left of these. A link itself stays with
 * its events: an ended link opens nothing, and cannot be restarted.
 */
export async function pruneGate(): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if ((await pruneOnce()) === 0) return;
  }
}
