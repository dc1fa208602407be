import { beginLeaving } from '@/components/api/session-end';
import { forgetPerson } from './personal-storage';

const CHANNEL = 'staff-session';
const ENDED = 'ended';

/** Signs out: the session ends, what this browser keeps of the person goes, and the other tabs leave as well. */
export async function leave(): Promise<void> {
  beginLeaving();
  forgetPerson();
  const tabs = new BroadcastChannel(CHANNEL);
  await import('next-auth/react').then(({ signOut }) => signOut({ redirect: false })).catch(() => null);
  tabs.postMessage(ENDED);
  tabs.close();
  // A whole page load: nothing that this page held in memory is left.
  window.location.assign('/sign-in');
}

/**
 * Leaves when another tab signs out, is loaded again when another person has signed in beside it, and shows no page that the browser
 * kept from before a sign-out. `personId` is whom this page was shown to.
 */
export function leaveWithOthers(personId: string): () => void {
  const tabs = new BroadcastChannel(CHANNEL);
  tabs.onmessage = ({ data }) => {
    if (data === ENDED) {
      beginLeaving();
      window.location.assign('/sign-in');
    } else if (data !== personId) window.location.reload();
  };
  tabs.postMessage(personId);
  const renew = (event: PageTransitionEvent) => {
    if (event.persisted) window.location.reload();
  };
  window.addEventListener('pageshow', renew);
  return () => {
    tabs.close();
    window.removeEventListener('pageshow', renew);
  };
}
