'use client';

import { Building2, KeyRound, LogOut, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components/Button';
import { KeyHint } from '@/components/ui/key-hint';
import { Menu } from '@/components/ui/menu';
import type { FrameProps } from './frame-props';
import { LineState } from './line-state';
import { PendingMenu } from './pending-menu';
import { RailSheet } from './rail-sheet';
import { ShiftFact } from './shift-fact';
import { LanguageSwitch, ThemeSwitch } from './switches';

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words.at(-2)?.charAt(0) ?? ''}${words.at(-1)?.charAt(0) ?? ''}`.toUpperCase();
}

function PersonMenu({ user, onSignOut }: Pick<FrameProps, 'user' | 'onSignOut'>) {
  const t = useTranslations('frame.bar');
  return (
    <Menu
      label={t('person', { name: user.name })}
      trigger={
        <Button
          aria-label={t('person', { name: user.name })}
          data-initials={initials(user.name)}
          className="grid size-8 shrink-0 place-items-center rounded-full border border-accent-line bg-accent-soft text-xs font-semibold text-accent-ink pointer-coarse:size-10 before:content-[attr(data-initials)]"
        />
      }
      header={
        <>
          <p className="font-semibold">{user.name}</p>
          <p className="text-xs text-ink-2">{user.email}</p>
          <p className="mt-1 text-xs text-ink-3">{user.role}</p>
        </>
      }
      items={[
        { id: 'account', label: t('account'), icon: KeyRound, href: '/account' },
        ...(onSignOut ? [{ id: 'sign-out', label: t('signOut'), icon: LogOut, onAction: onSignOut }] : []),
      ]}
    />
  );
}

type TopBarProps = Pick<
  FrameProps,
  'user' | 'branch' | 'shift' | 'pending' | 'live' | 'permittedPlaces' | 'onSignOut'
> & {
  onOpenSearch: () => void;
  /** A hand is on its way to the search. */
  onNearSearch: () => void;
};

/** Where one is, what one may look for, who one is. */
export function TopBar(props: TopBarProps) {
  const t = useTranslations('frame.bar');
  const {
    user,
    branch,
    shift,
    pending = [],
    live = true,
    permittedPlaces,
    onSignOut,
    onOpenSearch,
    onNearSearch,
  } = props;
  return (
    <header
      data-bar=""
      className="@container/bar sticky top-0 z-30 h-12 border-b bg-surface pointer-coarse:h-14 print:hidden"
    >
      <div className="flex h-full items-center gap-2 px-3 @max-[18rem]/bar:gap-1 @max-[18rem]/bar:px-1 @min-[36rem]/bar:gap-3">
        <RailSheet permittedPlaces={permittedPlaces} />
        <div className="flex min-w-0 flex-1 items-center gap-4">
          {branch && (
            <span data-fact="" className="flex min-w-0 items-center gap-1.5 text-ink-2">
              <Building2 aria-label={t('branch')} role="img" className="size-4 shrink-0 @max-[18rem]/bar:sr-only" />
              <span className="shrink-0 font-medium text-ink">{branch.code}</span>
              <span className="truncate @max-[46rem]/bar:hidden" title={branch.name}>
                {branch.name}
              </span>
            </span>
          )}
          {shift !== undefined && <ShiftFact shift={shift} />}
          <LineState live={live} />
        </div>
        <Button
          onPress={onOpenSearch}
          onHoverStart={onNearSearch}
          onFocus={onNearSearch}
          aria-keyshortcuts="Control+K"
          className="flex h-8 items-center gap-2 rounded-md border border-line-control/60 bg-surface px-2.5 text-ink-2 hover:bg-hover pointer-coarse:h-10 @min-[44rem]/bar:w-56"
        >
          <Search aria-hidden="true" className="size-4" />
          <span className="flex-1 text-left @max-[44rem]/bar:sr-only">{t('search')}</span>
          <span aria-hidden="true" className="@max-[44rem]/bar:hidden">
            <KeyHint keys={t('searchKeys')} />
          </span>
        </Button>
        <div className="flex items-center">
          <PendingMenu pending={pending} />
          <span className="contents @max-[30rem]/bar:[&>*]:hidden">
            <LanguageSwitch />
            <ThemeSwitch />
          </span>
        </div>
        <PersonMenu user={user} onSignOut={onSignOut} />
      </div>
    </header>
  );
}
