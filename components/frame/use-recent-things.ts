import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { placeOf } from './places';

/** Notes what is looked at, so that the palette leads back to it. It comes late, and where it does not come nothing is missed. */
export function useRecentThings(): void {
  const path = usePathname();
  const open = useSearchParams().get('open');
  useEffect(() => {
    import('./recent-things').then(
      ({ rememberPlace, rememberThing, thingAt }) => {
        const thing = thingAt(path, open);
        if (thing) rememberThing(thing);
        const place = placeOf(path);
        if (place) rememberPlace(place.id);
      },
      () => undefined,
    );
  }, [path, open]);
}
