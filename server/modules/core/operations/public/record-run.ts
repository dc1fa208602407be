import { logger } from '@/server/platform/logger';
import { saveNotes } from '../repository';
import { mergeRunNotes, mergeStepNotes, type RunNote, type StepNote } from '../rules';

/** Records that are not waited for are written this much later, so that a short run is one row written once. */
const LINGER_MS = 200;
/** A record matters less than the run itself: a slow database delays no run for longer than this. */
const WAIT_MS = 2_000;
/** While the database is gone, no more than this is remembered; the sweep finds the rest by asking the server. */
const MOST = 5_000;

type Gathered = { runs: Map<string, RunNote>; steps: Map<string, StepNote> };

const nothing = (): Gathered => ({ runs: new Map(), steps: new Map() });
let gathered = nothing();
let timer: NodeJS.Timeout | undefined;
let writing: Promise<void> | undefined;

function gather(run: RunNote, step: StepNote | undefined): void {
  if (gathered.runs.size >= MOST && !gathered.runs.has(run.runId)) return;
  const known = gathered.runs.get(run.runId);
  gathered.runs.set(run.runId, known ? mergeRunNotes(known, run) : run);
  if (!step) return;
  const key = `${step.runId} ${step.stepId}`;
  const knownStep = gathered.steps.get(key);
  gathered.steps.set(key, knownStep ? mergeStepNotes(knownStep, step) : step);
}

/** Writes all that has come in, one statement after the other; what comes in meanwhile goes with the next. */
async function writeAll(): Promise<void> {
  while (gathered.runs.size > 0) {
    clearTimeout(timer);
    timer = undefined;
    const batch = gathered;
    gathered = nothing();
    const [runs, steps] = [[...batch.runs.values()], [...batch.steps.values()]];
    await saveNotes(runs, steps).catch((err: unknown) => {
      logger('operations').warn({ err, runs: runs.length }, 'runs were not recorded');
    });
  }
  writing = undefined; // in the same breath as the last look, so that no note falls between
}

function write(): Promise<void> {
  writing ??= writeAll();
  return writing;
}

/**
 * Notes what a run of a background function says of itself, together with all that other runs say at the same time. Resolves
 * at once, or with `waits` when it is written; never fails and never takes long, for a run must not hang on its record.
 */
export async function recordRun({
  run,
  step,
  waits,
}: {
  run: RunNote;
  step?: StepNote | undefined;
  waits: boolean;
}): Promise<void> {
  gather(run, step);
  if (!waits) {
    timer ??= setTimeout(() => void write(), LINGER_MS).unref();
    return;
  }
  // A batch under way may have been taken before this note came in: the loop takes it next.
  let late: NodeJS.Timeout | undefined;
  const expired = new Promise<void>((resolve) => {
    late = setTimeout(resolve, WAIT_MS);
  });
  await Promise.race([write(), expired]);
  clearTimeout(late);
}
