'use client';

import { clsx } from 'clsx';
import { ScanBarcode } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { Code } from '@/components/ui/code';
import { KeyHint } from '@/components/ui/key-hint';
import { Money } from '@/components/ui/money';
import type { Sellable } from '@/server/modules/sales/till/schema';
import type { Catalogue } from './use-catalogue';

type Props = {
  catalogue: Catalogue;
  inputRef: RefObject<HTMLInputElement | null>;
  onChoose: (service: Sellable) => void;
  /** Enter on a text that no service has. */
  onUnknown: (text: string) => void;
  /** Up and down while nothing is typed move along the cart. */
  onMove: (by: 1 | -1) => void;
};

/** Finds a service by code, name or scanner; arrows choose, Enter adds. The list is in memory: nothing is waited for. */
export function ServiceSearch({ catalogue, inputRef, onChoose, onUnknown, onMove }: Props) {
  const t = useTranslations('till.search');
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = catalogue.find(text);
  const open = text.trim() !== '';
  const current = found[Math.min(at, found.length - 1)];

  const choose = (service: Sellable | undefined) => {
    if (service) onChoose(service);
    else if (open) onUnknown(text.trim());
    setText('');
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(catalogue.byCode.get(text.trim().toUpperCase()) ?? current);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      if (open) setAt(Math.min(Math.max(at + by, 0), Math.max(found.length - 1, 0)));
      else onMove(by);
    } else if (event.key === 'Escape') setText('');
  };

  return (
    <div className="relative">
      <ScanBarcode
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={inputRef}
        type="text"
        role="combobox"
        aria-label={t('label')}
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && current ? `${listId}-${current.code}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setText('')}
        className="h-10 w-full rounded-md border border-line-control bg-surface pr-12 pl-9 text-base outline-none placeholder:text-ink-3 placeholder-shown:text-ellipsis hover:border-ink-3 focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent"
      />
      <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center max-sm:hidden">
        <KeyHint keys="F3" />
      </span>
      <div
        id={listId}
        role="listbox"
        aria-label={t('results')}
        hidden={!open}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-96 overflow-y-auto rounded-lg border bg-raised p-1"
      >
        {found.map((service) => (
          <FoundService
            key={service.code}
            id={`${listId}-${service.code}`}
            service={service}
            name={catalogue.nameOf(service)}
            active={service === current}
            onChoose={() => choose(service)}
          />
        ))}
        {found.length === 0 && (
          <p className="px-3 py-3 text-ink-2">{catalogue.loading ? t('loading') : t('none', { text: text.trim() })}</p>
        )}
      </div>
    </div>
  );
}

type FoundProps = { id: string; service: Sellable; name: string; active: boolean; onChoose: () => void };

function FoundService({ id, service, name, active, onChoose }: FoundProps) {
  const t = useTranslations('till');
  return (
    // The box keeps the focus and the keys; a press must not take it away before it is heard.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onKeyDown={undefined}
      className={clsx(
        'flex cursor-pointer items-baseline gap-3 rounded-md px-3 py-1.5',
        active ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <Code className="w-24 shrink-0 truncate text-xs text-ink-3">{service.code}</Code>
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {service.kind !== 'test' && <span className="shrink-0 text-xs text-ink-3">{t(`kinds.${service.kind}`)}</span>}
      <span className="shrink-0 text-right font-medium">
        {service.price === null ? (
          <span className="text-xs text-wrong">{t('problems.no_price')}</span>
        ) : (
          <Money minor={service.price} currency={service.currency ?? 'VND'} />
        )}
      </span>
    </div>
  );
}
