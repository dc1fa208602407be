import type { Diagnosis } from '../schema';
import { diagnoseIntegrity } from './diagnose-integrity';

const HOURS = 24;
const KEPT_MS = 60_000;
/** A look takes the longer the more there is; looking takes no more than a small part of the database's time. */
const CACHED_TIMES_DURATION = 50;

let kept: { until: number; diagnosis: Promise<Diagnosis> } | undefined;

/** What is wrong as of a minute ago at most: screens that ask every few seconds share one look. */
export function showIntegrity(): Promise<Diagnosis> {
  if (kept && kept.until > Date.now()) return kept.diagnosis;
  const began = Date.now();
  const look = { until: Number.POSITIVE_INFINITY, diagnosis: diagnoseIntegrity({ hours: HOURS }) };
  kept = look;
  look.diagnosis.then(
    () => {
      look.until = Date.now() + Math.max(KEPT_MS, (Date.now() - began) * CACHED_TIMES_DURATION);
    },
    () => {
      look.until = 0;
    },
  );
  return look.diagnosis;
}
