import { cache } from '@/server/platform/cache';
import { findAccount } from '../repository';
import type { Account } from '../schema';

// Two seconds: a person who leaves loses access at once by human measure, and a busy till asks the database only rarely.
const REMEMBERED_SECONDS = 2;

/** The account behind a session, or null where it is gone, inactive, or has ended its sessions since. */
export async function findSessionAccount({ id, epoch }: { id: string; epoch: number }): Promise<Account | null> {
  const account = await recall(id);
  return account?.active && account.epoch === epoch ? account : null;
}

async function recall(id: string): Promise<Account | null> {
  const key = `account:${id}`;
  const kept = await cache.get(key);
  if (kept) return JSON.parse(kept) as Account | null;
  const account = await findAccount(id);
  await cache.set(key, JSON.stringify(account), REMEMBERED_SECONDS);
  return account;
}
