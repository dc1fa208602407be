'use client';

import { clsx } from 'clsx';
import { ListFilter, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Badge } from './badge';
import { Button, IconButton } from './button';
import { ChoiceFilter } from './choice-filter';
import { DayRangeFilter } from './day-range-filter';
import type { Option } from './option';
import { Popover } from './popover';
import { SearchField } from './search-field';
import { useUrlFilters } from './use-url-filters';

// Few lists are asked for a single day.
const DateField = dynamic(() => import('./date-field').then((module) => module.DateField));

export type Filter =
  | { kind: 'choice'; param: string; label: string; options: readonly Option[] }
  | { kind: 'day'; param: string; label: string }
  /** Days from one to another, both inclusive: two parameters. */
  | { kind: 'days'; from: string; to: string; label: string };

const paramsOf = (filter: Filter): string[] => (filter.kind === 'days' ? [filter.from, filter.to] : [filter.param]);

export interface FilterBarProps {
  /** The text search; `param` is its name in the address, `q` when left out. */
  search?: { param?: string; label: string; placeholder?: string };
  filters?: readonly Filter[];
  /** Behind one button, where something stands open beside the list. On a phone they always are. */
  folded?: boolean;
  /** At the right end. */
  children?: ReactNode;
}

const PAUSE_MS = 250;

function SearchFilter({ param, label, placeholder }: { param: string; label: string; placeholder?: string }) {
  const { get, set } = useUrlFilters();
  const current = get(param);
  const [text, setText] = useState(current);
  const sent = useRef(current);
  useEffect(() => {
    // Back, or "clear filters", changed the address under the box.
    if (current !== sent.current) {
      sent.current = current;
      setText(current);
    }
  }, [current]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      set({ [param]: text });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, param, set]);
  return (
    <SearchField
      label={label}
      placeholder={placeholder ?? label}
      value={text}
      onChange={setText}
      className="min-w-0 max-w-full flex-1 sm:w-72 sm:flex-none xl:w-80"
    />
  );
}

function OneFilter({ filter }: { filter: Filter }) {
  const t = useTranslations('ui.filter');
  const { get, set } = useUrlFilters();
  if (filter.kind === 'days') {
    return (
      <DayRangeFilter
        label={filter.label}
        value={{ from: get(filter.from), to: get(filter.to) }}
        onChange={({ from, to }) => set({ [filter.from]: from, [filter.to]: to })}
      />
    );
  }
  const value = get(filter.param);
  if (filter.kind === 'day') {
    return (
      <DateField
        label={filter.label}
        value={value === '' ? null : value}
        onChange={(day) => set({ [filter.param]: day ?? '' })}
        className="w-40"
        hideLabel
      />
    );
  }
  const all: Option = { value: 'all', label: t('all', { label: filter.label }), short: filter.label };
  return (
    <ChoiceFilter
      label={filter.label}
      options={[all, ...filter.options]}
      value={value === '' ? all.value : value}
      onChange={(next) => set({ [filter.param]: next === all.value ? '' : next })}
      className="min-w-28"
    />
  );
}

function Filters({ filters }: { filters: readonly Filter[] }) {
  return filters.map((filter) => <OneFilter key={paramsOf(filter).join()} filter={filter} />);
}

export function FilterBar({ search, filters = [], folded, children }: FilterBarProps) {
  const t = useTranslations('ui.filter');
  const { get, set } = useUrlFilters();
  const searchParam = search?.param ?? 'q';
  const params = [...(search ? [searchParam] : []), ...filters.flatMap(paramsOf)];
  const active = params.some((param) => get(param) !== '');
  const narrowing = filters.filter((filter) => paramsOf(filter).some((param) => get(param) !== '')).length;
  return (
    <search aria-label={t('label')} className="mb-3 flex flex-wrap items-center gap-2 in-[[data-fills]]:mb-2">
      {search && <SearchFilter param={searchParam} label={search.label} placeholder={search.placeholder} />}
      {filters.length > 0 && (
        <>
          <div className={clsx('flex flex-wrap items-center gap-2', folded ? 'hidden' : 'max-sm:hidden')}>
            <Filters filters={filters} />
          </div>
          <div className={clsx(!folded && 'sm:hidden')}>
            <Popover
              label={t('label')}
              trigger={
                <Button icon={ListFilter}>
                  {t('label')}
                  {narrowing > 0 && <Badge>{narrowing}</Badge>}
                </Button>
              }
              className="flex w-72 max-w-full flex-col items-stretch gap-3"
            >
              <Filters filters={filters} />
            </Popover>
          </div>
        </>
      )}
      {active && (
        <IconButton
          icon={X}
          label={t('clear')}
          onPress={() => set(Object.fromEntries(params.map((param) => [param, ''])))}
        />
      )}
      {children && (
        <div className="ml-auto flex items-center gap-2 empty:hidden max-sm:order-last max-sm:w-full">{children}</div>
      )}
    </search>
  );
}
