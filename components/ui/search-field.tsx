'use client';

import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode, Ref } from 'react';
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components/SearchField';
import { controlBox } from './control-styles';
import { FieldLabel, fieldStack } from './field';

export interface SearchFieldProps {
  label: string;
  hideLabel?: boolean;
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  /** Enter. */
  onSubmit?: (value: string) => void;
  placeholder?: string;
  /** The key that brings one here, shown while the field is empty. */
  keys?: ReactNode;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
}

export function SearchField(props: SearchFieldProps) {
  const t = useTranslations('ui.search');
  const { label, hideLabel = true, value, defaultValue, onChange, onSubmit, placeholder, keys, inputRef } = props;
  return (
    <AriaSearchField
      value={value}
      defaultValue={defaultValue}
      onChange={onChange}
      onSubmit={onSubmit}
      autoFocus={props.autoFocus}
      className={clsx(fieldStack, 'group', props.className)}
    >
      <FieldLabel label={label} hidden={hideLabel} />
      <div className="relative">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3"
        />
        <Input
          ref={inputRef}
          placeholder={placeholder}
          className={clsx(controlBox, 'pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden')}
        />
        {keys && (
          <span className="pointer-events-none absolute inset-y-0 right-2 hidden items-center group-data-empty:flex">
            {keys}
          </span>
        )}
        <Button
          aria-label={t('clear')}
          className="absolute inset-y-0 right-1 my-1 grid aspect-square place-items-center rounded-md text-ink-3 group-data-empty:hidden hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </AriaSearchField>
  );
}
