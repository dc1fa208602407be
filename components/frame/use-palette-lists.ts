import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { matching } from '@/server/domain/search-words';
import type { PaletteResult } from './palette-items';
import type { PaletteProps } from './palette-props';
import { PLACES } from './places';
import { useEverythingSearch } from './use-everything-search';
import { usePaletteActions } from './use-palette-actions';
import { useRecentWays } from './use-recent-ways';

const NOTHING: readonly PaletteResult[] = [];

function useRecent(recent: PaletteProps['recent']): readonly PaletteResult[] {
  const [things, setThings] = useState(NOTHING);
  useEffect(() => {
    let gone = false;
    // Without them the palette is as good as with them: what failed is left out.
    recent?.().then(
      (found) => (gone ? undefined : setThings(found)),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [recent]);
  return things;
}

/** What the palette shows for what is typed: what one was at, what can be done, pages, and what the server found. */
export function usePaletteLists(props: PaletteProps, query: string) {
  const { search, recent, permittedPlaces, actions = [] } = props;
  const t = useTranslations('frame');
  const own = usePaletteActions(props);
  const { results, searching, failed } = useEverythingSearch(search, query);
  const known = useRecent(recent);
  const ways = useRecentWays(props, query);
  const isEmpty = query.trim() === '';
  const places = matching(
    PLACES.filter((place) => permittedPlaces.includes(place.href)),
    (place) => t(`places.${place.id}`),
    query,
  );
  const shownActions = matching([...actions, ...own], ({ label }) => label, query);
  const shownRecent = isEmpty ? known : NOTHING;
  return {
    recent: shownRecent,
    ways,
    results,
    searching,
    failed,
    places,
    actions: shownActions,
    count:
      ways.places.length +
      ways.views.length +
      shownRecent.length +
      results.length +
      places.length +
      shownActions.length,
  };
}
