'use client';

import { Command } from 'cmdk';
import { Bookmark, ChevronLeft, LoaderCircle, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { KeyHint } from '@/components/ui/key-hint';
import { FOUND_KINDS } from '@/server/domain/found-things';
import { keyOf, type PaletteAction, type PaletteResult } from './palette-items';
import type { PaletteProps } from './palette-props';
import { ActRows, Group, Row, ThingRow } from './palette-rows';
import type { Place } from './places';
import { type Lists, useEnterAhead, usePalette, useSelected } from './use-palette';
import type { PaletteView } from './use-recent-ways';

function Everything({
  lists,
  isEmpty,
  onOpen,
  onAction,
  onPlace,
  onView,
}: {
  lists: Lists;
  /** Nothing is typed: what was lately is shown. */
  isEmpty: boolean;
  onOpen: (thing: PaletteResult) => void;
  onAction: (action: PaletteAction) => void;
  onPlace: (place: Place) => void;
  onView: (view: PaletteView) => void;
}) {
  const t = useTranslations('frame');
  const { recent, ways, results, places, actions } = lists;
  return (
    <>
      {recent.length > 0 && (
        <Group title={t('palette.recent')}>
          {recent.map((thing) => (
            <ThingRow key={keyOf(thing)} thing={thing} group="recent" onOpen={onOpen} />
          ))}
        </Group>
      )}
      {ways.places.length > 0 && (
        <Group title={t('palette.recentPlaces')}>
          {ways.places.map((place) => (
            <Row key={place.id} value={`recent-place ${place.id}`} icon={place.icon} onSelect={() => onPlace(place)}>
              {t(`places.${place.id}`)}
            </Row>
          ))}
        </Group>
      )}
      {ways.views.length > 0 && (
        <Group title={t(isEmpty ? 'palette.recentViews' : 'palette.views')}>
          {ways.views.map((view) => (
            <Row key={view.id} value={`view ${view.id}`} icon={Bookmark} onSelect={() => onView(view)}>
              <span className="flex min-w-0 flex-1 items-baseline gap-x-3">
                <span className="truncate font-medium">{view.name}</span>
                <span className="truncate text-ink-2">{view.detail}</span>
              </span>
            </Row>
          ))}
        </Group>
      )}
      {actions.length > 0 && (
        <Group title={t('palette.actions')}>
          {actions.map((action) => (
            <Row key={action.id} value={`action ${action.id}`} icon={action.icon} onSelect={() => onAction(action)}>
              <span className="flex-1">{action.label}</span>
              {action.keys && <KeyHint keys={action.keys} className="pointer-coarse:hidden" />}
            </Row>
          ))}
        </Group>
      )}
      {places.length > 0 && (
        <Group title={t('palette.places')}>
          {places.map((place) => (
            <Row key={place.id} value={`place ${place.id}`} icon={place.icon} onSelect={() => onPlace(place)}>
              {t(`places.${place.id}`)}
            </Row>
          ))}
        </Group>
      )}
      {FOUND_KINDS.map((kind) => {
        const found = results.filter((result) => result.kind === kind);
        return found.length > 0 ? (
          <Group key={kind} title={t(`palette.${kind}`)}>
            {found.map((thing) => (
              <ThingRow key={thing.id} thing={thing} group="found" onOpen={onOpen} />
            ))}
          </Group>
        ) : null;
      })}
    </>
  );
}

export function PaletteBody(props: PaletteProps) {
  const t = useTranslations('frame.palette');
  const palette = usePalette(props);
  const { thing, lists, text } = palette;
  const { selected, setSelected, onMove } = useSelected(lists, text);
  const open = (one: PaletteResult) => palette.act(one.acts[0]);
  const openFirst = useEnterAhead(lists, text, open);
  const isBehind = lists.searching && !thing && (selected === '' || selected.startsWith('found '));
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    const box = palette.input.current;
    const atEnd = box?.selectionStart === text.length && box.selectionEnd === text.length;
    const take = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (event.nativeEvent.isComposing) return;
    onMove(event.key);
    if (event.key === 'Enter' && (event.repeat || isBehind)) {
      take();
      if (!event.repeat) openFirst();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      take();
      palette.act(palette.thingOf(selected)?.acts[1]);
    } else if (thing) {
      const isBack = event.key === 'Escape' || (event.key === 'Tab' && event.shiftKey);
      if (isBack || (text === '' && (event.key === 'Backspace' || event.key === 'ArrowLeft'))) {
        take();
        palette.leaveThing();
      }
    } else if ((event.key === 'Tab' && !event.shiftKey) || (event.key === 'ArrowRight' && atEnd)) {
      if (palette.openActs(palette.thingOf(selected))) take();
    }
  };
  const touch = (event: MouseEvent<HTMLDivElement>) => {
    const value = (event.target as Element).closest('[data-acts]')?.getAttribute('data-acts');
    if (!value) return;
    event.stopPropagation();
    palette.openActs(palette.thingOf(value));
  };
  return (
    <Command
      label={t('label')}
      shouldFilter={false}
      loop
      value={selected}
      onValueChange={setSelected}
      onKeyDown={keys}
      onClickCapture={touch}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex items-center gap-3 border-b px-4">
        {thing ? (
          <Button
            variant="quiet"
            size="small"
            icon={ChevronLeft}
            onPress={palette.leaveThing}
            className="-ml-2 max-w-[45%]"
          >
            <span className="truncate">{thing.title}</span>
          </Button>
        ) : (
          <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
        )}
        <Command.Input
          ref={palette.input}
          value={text}
          onValueChange={palette.setText}
          placeholder={thing ? t('actPlaceholder') : t('placeholder')}
          className="h-12 min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-ink-3 pointer-coarse:h-14"
        />
        {lists.searching && <LoaderCircle aria-hidden="true" className="size-4 shrink-0 animate-turn text-ink-3" />}
        <Button variant="quiet" size="small" onPress={palette.close} className="-mr-2 sm:hidden">
          {t('shut')}
        </Button>
      </div>
      <Command.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2 [scroll-padding-block:2rem]">
        {thing ? (
          <ActRows thing={thing} acts={palette.acts} onAct={palette.act} />
        ) : (
          <Everything
            lists={lists}
            isEmpty={text.trim() === ''}
            onOpen={open}
            onAction={(action) => {
              palette.close();
              action.onAction();
            }}
            onPlace={(place) => palette.go(place.href)}
            onView={(view) => palette.go(view.href)}
          />
        )}
      </Command.List>
      <Status lists={lists} query={text} shown={thing ? palette.acts.length : null} />
      <Keys hasActs={!thing && (palette.thingOf(selected)?.acts.length ?? 0) > 1} isAtThing={thing !== null} />
    </Command>
  );
}

/** How many there are is announced; that there is nothing, or that it could not be looked for, is seen as well. */
function Status({ lists, query, shown }: { lists: Lists; query: string; shown: number | null }) {
  const t = useTranslations('frame.palette');
  const { searching, failed } = lists;
  const count = shown ?? lists.count;
  const isSeen = shown === null && failed;
  const isNone = !searching && !failed && count === 0;
  return (
    <p role="status" className={isSeen || isNone ? 'px-5 py-4 text-sm text-ink-2' : 'sr-only'}>
      {isSeen
        ? t('failed')
        : isNone
          ? t('none', { query })
          : query.trim() === '' || searching
            ? ''
            : t('count', { count })}
    </p>
  );
}

function Keys({ hasActs, isAtThing }: { hasActs: boolean; isAtThing: boolean }) {
  const t = useTranslations('frame.palette');
  const hint = (keys: string, words: ReactNode) => (
    <span className="flex items-center gap-1.5">
      <KeyHint keys={keys} /> {words}
    </span>
  );
  return (
    <div
      className="flex gap-4 border-t px-4 py-2 text-xs text-ink-2 max-sm:hidden pointer-coarse:hidden"
      aria-hidden="true"
    >
      {hint('▲ ▼', t('move'))}
      {hint('Enter', t('open'))}
      {hasActs && hint('Tab', t('more'))}
      {hint('Esc', isAtThing ? t('back') : t('close'))}
    </div>
  );
}
