/** Takes part in the budget from this size on. What is smaller is bounded by the number of requests alone. */
const LARGE_BYTES = 256 * 1_024;

export function isLarge(bytes: number): boolean {
  return bytes > LARGE_BYTES;
}

interface Waiting {
  bytes: number;
  go: () => void;
}

/** Bytes in memory at once: large things wait their turn, first come, first served, and small ones never for them. */
export class ByteBudget {
  private used = 0;
  private readonly line: Waiting[] = [];

  constructor(private readonly most: number) {}

  /** Resolves when there is room, with what gives it back. Something larger than all of it goes alone. */
  async take(bytes: number): Promise<() => void> {
    const wanted = Math.min(bytes, this.most);
    if (this.line.length > 0 || this.used + wanted > this.most)
      await new Promise<void>((go) => this.line.push({ bytes: wanted, go }));
    else this.used += wanted;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.used -= wanted;
      this.admit();
    };
  }

  private admit(): void {
    for (let next = this.line[0]; next && this.used + next.bytes <= this.most; next = this.line[0]) {
      this.line.shift();
      this.used += next.bytes;
      next.go();
    }
  }
}
