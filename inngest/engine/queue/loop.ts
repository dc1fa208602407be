/** How long a loop waits after a failure before it tries again. */
const PAUSE_MS = 500;

/**
 * Work that is done in passes: waking it while a pass runs makes it run once more, so no wake is lost and never two
 * passes run side by side. A failing pass is reported and tried again after a pause.
 */
export class Loop {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private movedAt = 0;

  constructor(
    private readonly pass: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  wake(): void {
    if (this.stopped) return;
    if (this.running) this.again = true;
    else this.running = this.run();
  }

  /** To be called by a long pass whenever it has come a step further. */
  moved(): void {
    this.movedAt = Date.now();
  }

  /** Milliseconds since the pass that runs has last come a step further; zero when none runs. */
  stillFor(): number {
    return this.running ? Date.now() - this.movedAt : 0;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      this.moved();
      try {
        await this.pass();
      } catch (error) {
        this.onError(error);
        setTimeout(() => this.wake(), PAUSE_MS).unref();
        break;
      }
    } while (this.again && !this.stopped);
    this.running = undefined;
  }

  /** Starts no further pass and waits for the present one. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }
}
