/** The configured origins: the engine registers apps there, and calls nothing else. */
export class Origins {
  /** @param configured origins, or addresses of which the origin counts; read again at each call */
  constructor(private readonly configured: Iterable<string>[]) {}

  private all(): Set<string> {
    return new Set(this.configured.flatMap((some) => [...some].map((address) => new URL(address).origin)));
  }

  /** Whether an address lies at one of them. */
  has(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const { origin, protocol, username, password } = new URL(address);
    return /^https?:$/.test(protocol) && username === '' && password === '' && this.all().has(origin);
  }

  text(): string {
    return [...this.all()].join(', ') || 'no address';
  }
}
