import type { Actor } from '@/server/platform/actor';

/** What stood on the command line behind the command's own words. */
export type Arguments = { positional: string[]; flags: Record<string, string | true> };

/** A command of `portal`: answers what is printed as JSON, or throws a `PortalError` (exit 1) or `WrongUsage` (exit 2). */
export type Command = {
  usage: string;
  run: (args: Arguments, actor: Actor) => Promise<unknown>;
  /** Whether an answer is bad news, which is printed and exits 1. */
  hasFailed?: (answer: unknown) => boolean;
};

export class WrongUsage extends Error {}
