'use client';

import { Command } from 'cmdk';
import { LoaderCircle, type LucideIcon, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { matchesText } from '@/components/ui/fold-text';
import { KeyHint } from '@/components/ui/key-hint';
import type { PaletteAction, PaletteKind, PaletteResult } from './palette-items';
import { PLACES } from './places';
import { useEverythingSearch } from './use-everything-search';

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  permittedPlaces: readonly string[];
  /** Asks the server; left out where there is nothing to search. */
  search?: (query: string) => Promise<readonly PaletteResult[]>;
  actions?: readonly PaletteAction[];
  /** Answers what was typed while this was on its way, once. */
  typedAhead?: () => string;
}

const KINDS: readonly PaletteKind[] = ['patients', 'orders', 'doctors', 'statements'];
const row =
  'flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 text-sm text-ink select-none data-[selected=true]:bg-hover';
const group =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3';

function Row({
  value,
  icon: Icon,
  onSelect,
  children,
}: {
  value: string;
  icon?: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item value={value} onSelect={onSelect} className={row}>
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />}
      {children}
    </Command.Item>
  );
}

function Results({ results, onGo }: { results: readonly PaletteResult[]; onGo: (href: string) => void }) {
  const t = useTranslations('frame.palette');
  return KINDS.map((kind) => {
    const found = results.filter((result) => result.kind === kind);
    if (found.length === 0) return null;
    return (
      <Command.Group key={kind} heading={t(kind)} className={group}>
        {found.map((result) => (
          <Row key={result.id} value={`${kind} ${result.id}`} onSelect={() => onGo(result.href)}>
            <span className="min-w-0 flex-1 truncate font-medium">{result.title}</span>
            {result.detail && <span className="truncate text-ink-3">{result.detail}</span>}
          </Row>
        ))}
      </Command.Group>
    );
  });
}

function PaletteBody({ permittedPlaces, search, actions = [], onOpenChange, typedAhead }: PaletteProps) {
  const t = useTranslations('frame');
  const router = useRouter();
  const [query, setQuery] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    setQuery(typedAhead?.() ?? '');
  }, [typedAhead]);
  const { results, searching, failed } = useEverythingSearch(search, query);
  const places = PLACES.filter((p) => permittedPlaces.includes(p.href) && matchesText(t(`places.${p.id}`), query));
  const shownActions = actions.filter((action) => matchesText(action.label, query));
  const nothing = !searching && !failed && results.length + places.length + shownActions.length === 0;
  const go = (href: string) => {
    onOpenChange(false);
    router.push(href);
  };
  return (
    <Command label={t('palette.label')} shouldFilter={false} loop className="flex min-h-0 flex-col">
      <div className="flex items-center gap-3 border-b px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
        <Command.Input
          ref={input}
          value={query}
          onValueChange={setQuery}
          placeholder={t('palette.placeholder')}
          className="h-12 min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-ink-3"
        />
        {searching && <LoaderCircle aria-hidden="true" className="size-4 animate-turn text-ink-3" />}
      </div>
      <Command.List className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        <Results results={results} onGo={go} />
        {shownActions.length > 0 && (
          <Command.Group heading={t('palette.actions')} className={group}>
            {shownActions.map((action) => (
              <Row
                key={action.id}
                value={`action ${action.id}`}
                icon={action.icon}
                onSelect={() => {
                  onOpenChange(false);
                  action.onAction();
                }}
              >
                <span className="flex-1">{action.label}</span>
                {action.keys && <KeyHint keys={action.keys} />}
              </Row>
            ))}
          </Command.Group>
        )}
        {places.length > 0 && (
          <Command.Group heading={t('palette.places')} className={group}>
            {places.map((place) => (
              <Row key={place.id} value={`place ${place.id}`} icon={place.icon} onSelect={() => go(place.href)}>
                {t(`places.${place.id}`)}
              </Row>
            ))}
          </Command.Group>
        )}
      </Command.List>
      <p role="status" className="px-5 text-sm text-ink-2 not-empty:py-4">
        {failed ? t('palette.failed') : nothing ? t('palette.none', { query }) : ''}
      </p>
      <div className="flex gap-4 border-t px-4 py-2 text-xs text-ink-3 pointer-coarse:hidden" aria-hidden="true">
        <span className="flex items-center gap-1.5">
          <KeyHint keys="▲ ▼" /> {t('palette.move')}
        </span>
        <span className="flex items-center gap-1.5">
          <KeyHint keys="Enter" /> {t('palette.open')}
        </span>
        <span className="flex items-center gap-1.5">
          <KeyHint keys="Esc" /> {t('palette.close')}
        </span>
      </div>
    </Command>
  );
}

/** Search over everything and a way to every place, on Ctrl K. */
export function Palette(props: PaletteProps) {
  const t = useTranslations('frame.palette');
  return (
    <ModalOverlay
      isOpen={props.open}
      onOpenChange={props.onOpenChange}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim px-3 pt-[10dvh] data-entering:animate-fade"
    >
      <Modal className="w-full max-w-[40rem] rounded-lg border bg-raised data-entering:animate-rise">
        <Dialog aria-label={t('label')} className="flex max-h-[70dvh] flex-col outline-none">
          <PaletteBody {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
