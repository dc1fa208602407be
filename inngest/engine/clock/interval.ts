/** Periodic work that never overlaps: the next turn is due a pause after the last one began, or when it ended if that is later. */
export class Interval {
  private timer: NodeJS.Timeout | undefined;
  private beganAt: number | undefined;
  private turn: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    readonly what: string,
    private readonly pauseMs: number,
    private readonly work: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.next(this.pauseMs);
  }

  private next(ms: number): void {
    if (!this.stopped) this.timer = setTimeout(() => this.run(), ms);
  }

  private run(): void {
    const began = Date.now();
    this.beganAt = began;
    this.turn = this.work()
      .catch(this.onError)
      .then(() => {
        this.beganAt = undefined;
        this.next(Math.max(0, began + this.pauseMs - Date.now()));
      });
  }

  /** Milliseconds since the turn under way began; zero when there is none. */
  stillFor(): number {
    return this.beganAt === undefined ? 0 : Date.now() - this.beganAt;
  }

  /** No further turn; resolves when the present one is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.turn;
  }
}
