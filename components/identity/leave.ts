import { forgetPerson } from './personal-storage';

const CHANNEL = 'staff-session';

/** Signs out: the session ends, what this browser keeps of the person goes, and the other tabs leave as well. */
export async function leave(): Promise<void> {
  forgetPerson();
  const tabs = new BroadcastChannel(CHANNEL);
  await import('next-auth/react').then(({ signOut }) => signOut({ redirect: false })).catch(() => null);
  tabs.postMessage('ended');
  tabs.close();
  // A whole page load: nothing that this page held in memory is left.
  window.location.assign('/sign-in');
}

/** Leaves when another tab signs out, and shows no page again that the browser kept from before a sign-out. */
export function leaveWithOthers(): () => void {
  const tabs = new BroadcastChannel(CHANNEL);
  tabs.onmessage = () => window.location.assign('/sign-in');
  const renew = (event: PageTransitionEvent) => {
    if (event.persisted) window.location.reload();
  };
  window.addEventListener('pageshow', renew);
  return () => {
    tabs.close();
    window.removeEventListener('pageshow', renew);
  };
}
