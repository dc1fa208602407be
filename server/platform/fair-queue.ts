export interface QueueLimits {
  /** Works at once in this process. */
  together: number;
  /** Works of one owner at once. */
  perOwner: number;
  /** Works of one owner that may wait. */
  waitingPerOwner: number;
  waitMs: number;
}

type Waiting = { owner: string; start: () => void };

/** Starts tasks in the order they came, as far as the limits allow: an owner with many does not keep others waiting. */
export class FairQueue {
  readonly #limits: QueueLimits;
  readonly #running = new Map<string, number>();
  #total = 0;
  #waiting: Waiting[] = [];

  /** @param refused what is thrown where no turn comes; it is given how many an owner has at once */
  constructor(
    limits: QueueLimits,
    private readonly refused: (limit: number) => Error,
  ) {
    this.#limits = limits;
  }

  /** Runs `work` when it is its turn. Throws `refused` where too many of this owner wait already, or none ended in time. */
  readonly run = async <T>(owner: string, work: () => Promise<T>): Promise<T> => {
    await this.#turn(owner);
    try {
      return await work();
    } finally {
      this.#total -= 1;
      const left = this.#of(owner) - 1;
      if (left > 0) this.#running.set(owner, left);
      else this.#running.delete(owner);
      this.#next();
    }
  };

  #of(owner: string): number {
    return this.#running.get(owner) ?? 0;
  }

  #mayStart(owner: string): boolean {
    return this.#total < this.#limits.together && this.#of(owner) < this.#limits.perOwner;
  }

  #start(owner: string): void {
    this.#total += 1;
    this.#running.set(owner, this.#of(owner) + 1);
  }

  async #turn(owner: string): Promise<void> {
    const { perOwner, waitingPerOwner, waitMs } = this.#limits;
    if (this.#mayStart(owner)) {
      this.#start(owner);
      return;
    }
    if (this.#waiting.filter((one) => one.owner === owner).length >= waitingPerOwner) throw this.refused(perOwner);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(this.refused(perOwner));
      }, waitMs);
      const start = () => {
        clearTimeout(timer);
        resolve();
      };
      const waiting: Waiting = { owner, start };
      this.#waiting.push(waiting);
    });
  }

  #next(): void {
    const next = this.#waiting.find(({ owner }) => this.#mayStart(owner));
    if (!next) return;
    this.#waiting = this.#waiting.filter((one) => one !== next);
    this.#start(next.owner);
    next.start();
    this.#next();
  }
}
