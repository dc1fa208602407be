import { pruneOnce } from '../repository';

const MOST_ROUNDS = 50;

/** Removes old runs and delivered events, some thousands at a time, so that no statement is long. */
export async function pruneRecords(): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if ((await pruneOnce()) === 0) return;
  }
}
