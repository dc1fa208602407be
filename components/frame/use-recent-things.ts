import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { rememberThing, thingAt } from './recent-things';

/** Notes what is looked at, so that the palette leads back to it. */
export function useRecentThings(): void {
  const path = usePathname();
  const open = useSearchParams().get('open');
  useEffect(() => {
    const thing = thingAt(path, open);
    if (thing) rememberThing(thing);
  }, [path, open]);
}
