import { logger } from './logger';

const FIRST_AFTER_MS = 15_000;

/** Does `work` again and again, first when the process has settled down, never twice at a time; what it throws is logged, and the next time comes all the same. */
export function startSweep(name: string, everyMs: number, work: () => Promise<unknown>): { stop: () => Promise<void> } {
  let sweeping: Promise<void> | undefined;
  const sweep = async () => {
    try {
      await work();
    } catch (err) {
      logger('sweep').warn({ err, sweep: name }, 'a sweep failed');
    } finally {
      sweeping = undefined;
    }
  };
  const begin = () => {
    sweeping ??= sweep();
  };
  let timer = setTimeout(
    function again() {
      begin();
      timer = setTimeout(again, everyMs);
    },
    Math.min(everyMs, FIRST_AFTER_MS),
  );
  return {
    stop: async () => {
      clearTimeout(timer);
      await sweeping;
    },
  };
}
