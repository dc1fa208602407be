import { pause } from '../../faults/deadlines';

const TIMEOUT_MS = 60_000;
const AGAIN_MS = 400;

/** How answers went: what was refused, by its reason, or by its status where it had none. */
export class Refusals {
  readonly #counts = new Map<string, number>();
  readonly #paths = new Map<string, Set<string>>();

  note(error: unknown): string {
    const text = error instanceof Error ? error.message : String(error);
    const reason = /"reason":"(\w+)"/.exec(text)?.[1] ?? /answered (\d{3})/.exec(text)?.[1] ?? 'no answer';
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    const path = /^(\S+) answered/.exec(text)?.[1];
    if (path) this.#paths.set(reason, (this.#paths.get(reason) ?? new Set()).add(path));
    return reason;
  }

  of(reason: string): number {
    return this.#counts.get(reason) ?? 0;
  }

  /** Most frequent first. */
  toString(): string {
    const sorted = [...this.#counts].sort(([, one], [, other]) => other - one);
    const reported = ([reason, count]: [string, number]) => {
      const paths = this.#paths.get(reason);
      return paths ? `${reason} ${count} (${[...paths].join(' ')})` : `${reason} ${count}`;
    };
    return sorted.map(reported).join(', ') || 'none';
  }
}

/** A request that times out where it is never answered. */
export function answered<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within a minute')), TIMEOUT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Does work again until it is answered, or `stop` says so; undefined then. `isFinal` reasons are not tried again. */
export async function persist<T>(
  work: () => Promise<T>,
  {
    refusals,
    stop,
    isFinal = () => false,
  }: { refusals: Refusals; stop: () => boolean; isFinal?: (reason: string) => boolean },
): Promise<T | undefined> {
  while (!stop()) {
    try {
      return await answered(work());
    } catch (error) {
      if (isFinal(refusals.note(error))) return undefined;
      await pause(AGAIN_MS);
    }
  }
  return undefined;
}
