'use client';

import { clsx } from 'clsx';
import { ChevronDown, LoaderCircle, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { TextField as AriaTextField, Input } from 'react-aria-components/TextField';
import { ComboList } from './combo-list';
import type { ComboBoxProps } from './combo-props';
import { choiceRow, controlBox } from './control-styles';
import { FieldLabel, FieldNotes, fieldStack } from './field';
import { ariaField } from './text-field';
import { type ComboRow, useComboList } from './use-combo-list';

type Combo<T> = ReturnType<typeof useComboList<T>>;

function Row<T>({
  props,
  combo,
  row,
  index,
}: {
  props: ComboBoxProps<T>;
  combo: Combo<T>;
  row: ComboRow<T>;
  index: number;
}) {
  const t = useTranslations('ui.combo');
  const isActive = index === combo.at;
  return (
    <div
      id={combo.rowId(index)}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onMouseMove={() => combo.setActive(index)}
      onMouseDown={(event) => event.preventDefault()}
      onMouseUp={() => combo.pick(row)}
      className={clsx(choiceRow, isActive && 'bg-hover', row.kind === 'create' && 'text-accent-ink')}
    >
      {row.kind === 'create' ? (
        <>
          <Plus aria-hidden="true" className="size-4 shrink-0" />
          {props.createLabel ? props.createLabel(combo.query) : t('create', { text: combo.query })}
        </>
      ) : (
        <span className="min-w-0 flex-1">{props.renderItem ? props.renderItem(row.item) : props.textOf(row.item)}</span>
      )}
    </div>
  );
}

function List<T>({ props, combo }: { props: ComboBoxProps<T>; combo: Combo<T> }) {
  const t = useTranslations('ui.combo');
  const { found, rows } = combo;
  const note = t(found.tooShort ? 'keepTyping' : found.loading ? 'loading' : found.failed ? 'failed' : 'none');
  return (
    <>
      <div id={combo.listId} role="listbox" aria-label={t('list', { label: props.label })}>
        {rows.map((row, index) => (
          <Row key={row.key} props={props} combo={combo} row={row} index={index} />
        ))}
      </div>
      {found.items.length === 0 && <p className="px-2 py-2 text-sm text-ink-3">{note}</p>}
    </>
  );
}

function Buttons<T>({
  props,
  combo,
  box,
}: {
  props: ComboBoxProps<T>;
  combo: Combo<T>;
  box: () => HTMLInputElement | null;
}) {
  const t = useTranslations('ui.combo');
  const { label, value, onChange, disabled, readOnly } = props;
  return (
    <div className="absolute inset-y-0 right-1 flex items-center">
      {combo.open && combo.found.loading && (
        <LoaderCircle aria-hidden="true" className="mx-1 size-4 animate-turn text-ink-3" />
      )}
      {value !== null && !disabled && !readOnly && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('clear', { label })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            onChange(null);
            combo.close();
            box()?.focus();
          }}
          className="grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
      <button
        type="button"
        tabIndex={-1}
        disabled={disabled || readOnly}
        aria-label={t('open', { label })}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          box()?.focus();
          if (combo.open) combo.close();
          else combo.show();
        }}
        className="grid size-7 place-items-center rounded-md text-ink-3 not-disabled:hover:text-ink"
      >
        <ChevronDown aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}

/**
 * Picks one thing out of many by typing: arrows move, Enter takes, Escape leaves the value as it was, an emptied box
 * clears it. Leaving the box never picks by accident.
 */
export function ComboBox<T>(props: ComboBoxProps<T>) {
  const t = useTranslations('ui.combo');
  const { label, hideLabel, help, error, required, className, inputRef, prefix } = props;
  const combo = useComboList(props);
  const anchor = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement | null>(null);
  const count = combo.found.items.length;
  return (
    <AriaTextField
      {...ariaField(props)}
      value={combo.shown}
      onChange={combo.type}
      className={clsx(fieldStack, className)}
    >
      <FieldLabel label={label} hidden={hideLabel} required={required} />
      <div ref={anchor} className="relative">
        {prefix && (
          <span className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-ink-3">{prefix}</span>
        )}
        <Input
          ref={(element) => {
            box.current = element;
            if (typeof inputRef === 'function') inputRef(element);
            else if (inputRef) inputRef.current = element;
          }}
          role="combobox"
          aria-expanded={combo.open}
          aria-controls={combo.open ? combo.listId : undefined}
          aria-activedescendant={combo.activeId}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder}
          onKeyDown={combo.onKeyDown}
          onBlur={combo.onBlur}
          onClick={() => combo.opensAtOnce && combo.show()}
          className={clsx(controlBox, 'pr-16 text-ellipsis', prefix && 'pl-9')}
        />
        <Buttons props={props} combo={combo} box={() => box.current} />
        {combo.open && (
          <ComboList anchor={anchor}>
            <List props={props} combo={combo} />
          </ComboList>
        )}
      </div>
      <FieldNotes help={help} error={error} />
      <span role="status" className="sr-only">
        {combo.open && combo.found.failed && t('failed')}
        {combo.open && !combo.found.failed && !combo.found.loading && !combo.found.tooShort && t('found', { count })}
      </span>
    </AriaTextField>
  );
}
