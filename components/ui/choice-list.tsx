'use client';

import { clsx } from 'clsx';
import type { RefObject } from 'react';
import { ListBox, Popover } from 'react-aria-components/Select';
import { floatingBox } from './control-styles';
import type { Option } from './option';
import { OptionRow } from './option-row';
import type { Start } from './use-opener';

export interface ChoiceListProps {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  /** Null while it is closed. */
  start: Start | null;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** The choices under their button. Taking what holds already changes nothing. */
export function ChoiceList({ label, options, value, onChange, start, button, onClose }: ChoiceListProps) {
  return (
    <Popover
      trigger="Select"
      triggerRef={button}
      isOpen={start !== null}
      onOpenChange={(open) => !open && onClose()}
      aria-label={label}
      placement="bottom start"
      className={clsx(floatingBox, 'min-w-(--trigger-width) max-w-[calc(100vw-2rem)]')}
    >
      <ListBox
        aria-label={label}
        items={options.map((option) => ({ ...option, id: option.value }))}
        autoFocus={start ?? 'first'}
        selectionMode="single"
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          const [chosen] = keys === 'all' ? [] : keys;
          if (chosen !== undefined && chosen !== value) onChange(String(chosen));
          onClose();
        }}
        className="max-h-80 overflow-auto p-1 outline-none"
      >
        {(option) => <OptionRow option={option} />}
      </ListBox>
    </Popover>
  );
}
