import type { Change, TrailedChange } from './schema';

/** How long a transaction may take to commit an entry that is older than those that are seen already. */
const LATE_MS = 5_000;

/** What was seen of the trail: entries commit out of order, so that those of the last seconds are looked at again. */
export class Seen {
  #from: string;
  readonly #when = new Map<string, number>();

  constructor(from: string) {
    this.#from = from;
  }

  /** The entry behind which to look: ids follow the time, as text too. */
  get from(): string {
    return this.#from;
  }

  /** Those of `found` that were not seen before; `now` in milliseconds. */
  take(found: readonly TrailedChange[], now: number): TrailedChange[] {
    const fresh = found.filter(({ id }) => !this.#when.has(id));
    for (const { id } of fresh) this.#when.set(id, now);
    for (const [id, at] of this.#when) {
      if (now - at <= LATE_MS) continue;
      this.#when.delete(id);
      if (id > this.#from) this.#from = id;
    }
    return fresh;
  }
}

/** Which kinds changed as far as somebody sees: of their own branch or of none, all of them where no branch binds them. */
export const kindsSeenBy = (branch: string | null, changes: readonly Change[]): string[] => [
  ...new Set(
    changes
      .filter(({ branchId }) => branch === null || branchId === null || branchId === branch)
      .map(({ entity }) => entity),
  ),
];
