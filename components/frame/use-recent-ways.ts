import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { ListName } from '@/server/domain/lists';
import { matching } from '@/server/domain/search-words';
import type { FoundView } from '@/server/modules/core/lists/schema';
import type { PaletteProps } from './palette-props';
import { PLACES, type Place, placeOf } from './places';
import { recentPlaces, recentViews } from './recent-things';

const MOST = 5;
const MONTH = /^\/statements\/\d{4}-\d{2}$/;

/** Where a list stands; the statements of a month where one is at them. */
function addressOf(list: ListName, path: string): string | undefined {
  if (list === 'statements') return MONTH.exec(path)?.[0];
  if (list === 'runs' || list === 'messages') return `/operations/${list}`;
  return PLACES.find(({ id }) => id === list)?.href;
}

/** A view as the palette shows it, with the address that leads there and brings its columns. */
export type PaletteView = Pick<FoundView, 'id' | 'name'> & { detail: string; href: string };

function useViews(load: PaletteProps['views']): readonly FoundView[] {
  const [views, setViews] = useState<readonly FoundView[]>([]);
  useEffect(() => {
    let gone = false;
    // Without them the palette is as good as with them: what failed is left out.
    load?.().then(
      (found) => (gone ? undefined : setViews(found)),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [load]);
  return views;
}

/** Ways that were gone lately: saved views, and pages other than this one; for what is typed, every view that it names. */
export function useRecentWays({ views: load, permittedPlaces }: PaletteProps, query: string) {
  const t = useTranslations('frame');
  const path = usePathname();
  const known = useViews(load);
  const titleOf = (list: ListName) =>
    list === 'runs' || list === 'messages' ? t(`palette.lists.${list}`) : t(`places.${list}`);
  const shown = known.flatMap(({ id, list, name, own, ownerName, query: asked }): PaletteView[] => {
    const href = addressOf(list, path);
    if (!href) return [];
    const detail = own ? titleOf(list) : t('palette.viewOf', { list: titleOf(list), owner: ownerName });
    return [{ id, name, detail, href: `${href}?${asked ? `${asked}&` : ''}view=${id}` }];
  });
  if (query.trim() !== '')
    return { places: [], views: matching(shown, ({ name, detail }) => `${name} ${detail}`, query).slice(0, MOST) };
  const places = recentPlaces().flatMap((id): Place[] => {
    const place = PLACES.find((one) => one.id === id);
    return place && place.id !== placeOf(path)?.id && permittedPlaces.includes(place.href) ? [place] : [];
  });
  const views = recentViews().flatMap((id) => shown.find((view) => view.id === id) ?? []);
  return { places: places.slice(0, MOST), views: views.slice(0, MOST) };
}
