import { until } from './setup';

/** Work that stays until a test lets it go, so that a test sees who is inside at once, without looking at a clock. */
export class Barrier {
  /** Who went in, in that order. */
  readonly entered: string[] = [];
  private readonly inside = new Map<string, () => void>();

  /** To be called by a function: goes in and stays. */
  async stay(name: string): Promise<void> {
    this.entered.push(name);
    await new Promise<void>((leave) => this.inside.set(name, leave));
    this.inside.delete(name);
  }

  names(): string[] {
    return [...this.inside.keys()].sort();
  }

  /** Until exactly so many are inside. */
  async filled(count: number): Promise<string[]> {
    await until(() => this.inside.size === count);
    return this.names();
  }

  async release(name: string): Promise<void> {
    await until(() => this.inside.has(name));
    this.inside.get(name)?.();
  }

  /** Lets one after the other go, until so many have been inside since the beginning. */
  async releaseAll(count: number): Promise<void> {
    await until(() => {
      for (const leave of this.inside.values()) leave();
      return this.entered.length >= count && this.inside.size === 0;
    });
  }
}
