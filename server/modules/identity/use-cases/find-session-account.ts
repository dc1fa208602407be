import { LRUCache } from 'lru-cache';
import { findAccount } from '../repository';
import type { Account } from '../schema';

// Two seconds: a person who leaves loses access at once by human measure, and a busy till asks the database only rarely.
const recent = new LRUCache<string, { account: Account | null }>({ max: 5_000, ttl: 2_000 });

/** The account behind a session, or null where it is gone, inactive, or has ended its sessions since. */
export async function findSessionAccount({ id, epoch }: { id: string; epoch: number }): Promise<Account | null> {
  let known = recent.get(id);
  if (!known) {
    known = { account: await findAccount(id) };
    recent.set(id, known);
  }
  const { account } = known;
  return account?.active && account.epoch === epoch ? account : null;
}
