'use client';

import { clsx } from 'clsx';
import { ChevronDown, LoaderCircle, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, type Ref, useState } from 'react';
import {
  ComboBox as AriaComboBox,
  Button,
  Collection,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components/ComboBox';
import { choiceRow, controlBox, floatingBox } from './control-styles';
import { FieldLabel, FieldNotes, type FieldProps, fieldStack } from './field';
import { ariaField } from './text-field';
import { useFoundOptions } from './use-found-options';

export interface ComboBoxProps<T> extends FieldProps {
  value: T | null;
  onChange: (value: T | null) => void;
  keyOf: (item: T) => string;
  textOf: (item: T) => string;
  /** Finds what matches; called 150 ms after the last keystroke, with a signal that ends it when the next one comes. */
  load?: (query: string, signal: AbortSignal) => Promise<readonly T[]>;
  /** Instead of `load`: a list held in memory, matched without regard to accents. */
  options?: readonly T[];
  renderItem?: (item: T) => ReactNode;
  /** Adds the row "create …" at the end; receives what is typed. */
  onCreate?: (text: string) => void;
  createLabel?: (text: string) => string;
  /** Least length of a query before `load` is asked; 1 when left out, 0 to offer a list at once. */
  minLength?: number;
  placeholder?: string;
  prefix?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
  onBlur?: () => void;
}

const CREATE = 'create-new';

/** Picks one thing out of many by typing. Arrow keys, Enter, Escape; the choice can be cleared. */
export function ComboBox<T>(props: ComboBoxProps<T>) {
  const t = useTranslations('ui.combo');
  const { label, hideLabel, help, error, required, className, value, onChange, keyOf, textOf, onCreate } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value ? textOf(value) : '');
  const query = typed ?? '';
  const found = useFoundOptions(props, query);
  const canCreate = onCreate !== undefined && query.trim() !== '';

  const choose = (key: string | null) => {
    if (key === CREATE) onCreate?.(query.trim());
    else if (key === null) onChange(null);
    else {
      const item = found.items.find((candidate) => keyOf(candidate) === key);
      if (item) onChange(item);
    }
    setTyped(null);
  };

  return (
    <AriaComboBox
      {...ariaField(props)}
      inputValue={shown}
      onInputChange={(text) => setTyped(value && text === textOf(value) ? null : text)}
      value={value ? keyOf(value) : null}
      onChange={(key) => choose(key === null ? null : String(key))}
      onBlur={() => {
        setTyped(null);
        props.onBlur?.();
      }}
      defaultFilter={() => true}
      allowsEmptyCollection
      menuTrigger={props.minLength === 0 || props.options ? 'focus' : 'input'}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <div className="relative">
        {props.prefix && (
          <span className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-ink-3">
            {props.prefix}
          </span>
        )}
        <Input
          ref={props.inputRef}
          placeholder={props.placeholder}
          className={clsx(controlBox, 'pr-16', props.prefix && 'pl-9')}
        />
        <div className="absolute inset-y-0 right-1 flex items-center">
          {found.loading && <LoaderCircle aria-hidden="true" className="mx-1 size-4 animate-turn text-ink-3" />}
          {value && !props.disabled && !props.readOnly && (
            <Button
              slot={null}
              aria-label={t('clear', { label })}
              onPress={() => choose(null)}
              className="grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </Button>
          )}
          <Button
            aria-label={t('open', { label })}
            className="grid size-7 place-items-center rounded-md text-ink-3 hover:text-ink"
          >
            <ChevronDown aria-hidden="true" className="size-4" />
          </Button>
        </div>
      </div>
      <FieldNotes help={help} error={error} />
      <Popover className={clsx(floatingBox, 'w-(--trigger-width) min-w-56')}>
        <ListBox
          className="max-h-80 overflow-auto p-1 outline-none"
          renderEmptyState={() => (
            <p className="px-2 py-3 text-sm text-ink-3">
              {found.tooShort ? t('keepTyping') : found.loading ? t('loading') : t('none')}
            </p>
          )}
        >
          <Collection items={found.items.map((item) => ({ id: keyOf(item), item }))}>
            {({ id, item }) => (
              <ListBoxItem id={id} textValue={textOf(item)} className={choiceRow}>
                <span className="min-w-0 flex-1">{props.renderItem ? props.renderItem(item) : textOf(item)}</span>
              </ListBoxItem>
            )}
          </Collection>
          {canCreate && (
            <ListBoxItem id={CREATE} textValue={query} className={clsx(choiceRow, 'text-accent-ink')}>
              <Plus aria-hidden="true" className="size-4" />
              {props.createLabel ? props.createLabel(query.trim()) : t('create', { text: query.trim() })}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
