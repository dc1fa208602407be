import { type DatabaseFailure, databaseFailure } from '../database-failures';
import { healthPool } from './pools';

/** Many requests share one question; after a failure the next comes a little later. */
const GOOD_FOR_MS = 250;
const BAD_FOR_MS = 1_000;

let known: { until: number; state: Promise<DatabaseFailure | null> } | undefined;

/** What is wrong with the database just now, or null: one question over a connection of its own, answered within four seconds. */
export function databaseState(): Promise<DatabaseFailure | null> {
  if (known && known.until > Date.now()) return known.state;
  const asked = { until: Number.POSITIVE_INFINITY, state: ask() };
  known = asked;
  void asked.state.then((failure) => {
    asked.until = Date.now() + (failure ? BAD_FOR_MS : GOOD_FOR_MS);
  });
  return asked.state;
}

async function ask(): Promise<DatabaseFailure | null> {
  try {
    await healthPool().query('SELECT 1');
    return null;
  } catch (error) {
    return databaseFailure(error) ?? 'database_unavailable';
  }
}
