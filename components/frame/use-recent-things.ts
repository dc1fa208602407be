import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';

/** Notes what is looked at, so that the palette leads back to it. It comes late, and where it does not come nothing is missed. */
export function useRecentThings(): void {
  const path = usePathname();
  const open = useSearchParams().get('open');
  useEffect(() => {
    import('./recent-things').then(
      ({ rememberThing, thingAt }) => {
        const thing = thingAt(path, open);
        if (thing) rememberThing(thing);
      },
      () => undefined,
    );
  }, [path, open]);
}
