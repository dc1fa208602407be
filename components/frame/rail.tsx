'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Focusable, Tooltip } from '@/components/ui/tooltip';
import { type Place, permittedGroups, placeOf } from './places';

interface PlaceLinkProps {
  place: Place;
  name: string;
  current: boolean;
  collapsed: boolean;
  onNavigate?: () => void;
}

function PlaceLink({ place, name, current, collapsed, onNavigate }: PlaceLinkProps) {
  const Icon = place.icon;
  const link = (
    <Link
      href={place.href}
      onClick={onNavigate}
      aria-current={current ? 'page' : undefined}
      aria-label={collapsed ? name : undefined}
      className={clsx(
        'flex h-9 items-center gap-3 rounded-md px-2.5 text-sm pointer-coarse:h-11',
        collapsed && 'w-9 justify-center px-0',
        current ? 'bg-pressed font-semibold text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden="true" className={clsx('size-4 shrink-0', current && 'text-accent-ink')} />
      {!collapsed && <span className="truncate">{name}</span>}
    </Link>
  );
  return collapsed ? (
    <Tooltip text={name} placement="right">
      <Focusable>{link}</Focusable>
    </Tooltip>
  ) : (
    link
  );
}

export interface PlaceListProps {
  permittedPlaces: readonly string[];
  collapsed?: boolean;
  onNavigate?: () => void;
}

/** The places of work by group; whoever shows it puts the `nav` around it. */
export function PlaceList({ permittedPlaces, collapsed = false, onNavigate }: PlaceListProps) {
  const t = useTranslations('frame');
  const here = placeOf(usePathname());
  return (
    <div className={clsx('flex flex-col', collapsed ? 'items-center gap-2' : 'gap-4')}>
      {permittedGroups(permittedPlaces).map(({ group, places }, index) => (
        <div key={group} className={clsx(collapsed && index > 0 && 'border-t pt-2')}>
          {!collapsed && <p className="px-2.5 pb-1 text-xs font-medium text-ink-3">{t(`groups.${group}`)}</p>}
          <ul className="flex flex-col gap-0.5">
            {places.map((place) => (
              <li key={place.id}>
                <PlaceLink
                  place={place}
                  name={t(`places.${place.id}`)}
                  current={place.id === here?.id}
                  collapsed={collapsed}
                  onNavigate={onNavigate}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
