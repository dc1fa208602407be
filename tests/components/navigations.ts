import { afterEach } from 'vitest';

type Leaving = Event & { navigationType: string; destination: { url: string; sameDocument: boolean } };

let hold: ((event: Event) => void) | undefined;
const { navigation } = window as unknown as { navigation: EventTarget };
afterEach(() => {
  if (hold) navigation.removeEventListener('navigate', hold);
});

/** Where the page would have gone, as paths: loads of whole pages are noted and held back. */
export function navigations(): string[] {
  const gone: string[] = [];
  hold = (event) => {
    const { destination, navigationType } = event as Leaving;
    if (destination.sameDocument) return;
    event.preventDefault();
    const { pathname, search } = new URL(destination.url);
    gone.push(navigationType === 'reload' ? 'reload' : `${pathname}${search}`);
  };
  navigation.addEventListener('navigate', hold);
  return gone;
}
