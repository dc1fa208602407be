import { redirect } from 'next/navigation';
import { currentAccount } from '@/server/api/session';
import { HOMES } from '@/server/authorization/permissions';

/** Each role lands on its own home. */
export default async function HomePage() {
  const account = await currentAccount();
  redirect(account ? HOMES[account.role] : '/sign-in');
}
