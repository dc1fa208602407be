import { listAccounts } from '../repository';
import type { Account } from '../schema';

/** Every account, by e-mail. */
export const listUsers = (): Promise<Account[]> => listAccounts();
