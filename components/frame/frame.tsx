'use client';

import { clsx } from 'clsx';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { actsNow, noActs, onActs } from '@/components/kit/long-act/acts';
import { IconButton } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { Brand } from './brand';
import type { FrameProps } from './frame-props';
import { chooseRail } from './preferences';
import { PlaceList } from './rail';
import { TopBar } from './top-bar';
import { useTypedAhead } from './use-typed-ahead';

const ActsUnderWay = later(() =>
  import('@/components/kit/long-act/acts-under-way').then((module) => module.ActsUnderWay),
);
const Palette = later(() => import('./palette').then((module) => module.Palette));

function useSearchKey(onPress: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // The first of its two keys: the second is on its way.
      if (event.key === 'Control' || event.key === 'Meta') Palette.preload();
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onPress();
      }
    };
    // Before whatever has the focus: a menu's button keeps its keys to itself.
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, [onPress]);
}

/** What stands around every page of the staff: the rail at the left, the bar above, the page in `main`. */
export function Frame(props: FrameProps) {
  const t = useTranslations('frame');
  const { permittedPlaces, search, actions, children } = props;
  const [collapsed, setCollapsed] = useState(props.railCollapsed ?? false);
  const [searching, setSearching] = useState(false);
  const acts = useSyncExternalStore(onActs, actsNow, noActs);
  const openSearch = useCallback(() => setSearching(true), []);
  useSearchKey(openSearch);
  const typedAhead = useTypedAhead(searching);
  const turnRail = () => {
    setCollapsed(!collapsed);
    void chooseRail(!collapsed);
  };
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-sm font-medium text-canvas focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <nav
        aria-label={t('rail.label')}
        className={clsx(
          'sticky top-0 flex h-dvh shrink-0 flex-col border-r bg-surface max-lg:hidden print:hidden',
          collapsed ? 'w-14' : 'w-56',
        )}
      >
        <Brand compact={collapsed} className={clsx('h-12 shrink-0 border-b', collapsed ? 'justify-center' : 'px-4')} />
        <div className="min-h-0 flex-1 overflow-y-auto p-2.5">
          <PlaceList permittedPlaces={permittedPlaces} collapsed={collapsed} />
        </div>
        <div className={clsx('flex border-t p-2', collapsed ? 'justify-center' : 'justify-end')}>
          <IconButton
            icon={collapsed ? PanelLeftOpen : PanelLeftClose}
            label={collapsed ? t('rail.expand') : t('rail.collapse')}
            aria-expanded={!collapsed}
            onPress={turnRail}
          />
        </div>
      </nav>
      {/* A page that fills the window scrolls inside of itself alone. */}
      <div className="flex min-w-0 flex-1 flex-col lg:has-[[data-fills]]:h-dvh">
        <TopBar {...props} onOpenSearch={openSearch} onNearSearch={Palette.preload} />
        <main
          id="main"
          tabIndex={-1}
          className="mt-[calc(var(--page-top)-var(--bar-h))] min-w-0 flex-1 p-4 outline-none lg:p-6 lg:has-[[data-fills]]:flex lg:has-[[data-fills]]:min-h-0 lg:has-[[data-fills]]:flex-col lg:has-[[data-fills]]:py-4"
        >
          <ActsUnderWay wanted={acts.length > 0} />
          {children}
        </main>
      </div>
      <Palette
        wanted={searching}
        open={searching}
        typedAhead={typedAhead}
        onOpenChange={setSearching}
        permittedPlaces={permittedPlaces}
        search={search}
        recent={props.recent}
        views={props.views}
        actions={actions}
        mayBegin={props.mayBegin}
        shift={props.shift}
        onSignOut={props.onSignOut}
      />
    </div>
  );
}
