'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { ListBoxItem, Text } from 'react-aria-components/Select';
import { choiceRow } from './control-styles';
import type { Option } from './option';

/** One choice of a list, with a check at what holds. */
export function OptionRow({ option }: { option: Option }) {
  return (
    <ListBoxItem
      id={option.value}
      textValue={option.label}
      isDisabled={option.disabled}
      className={clsx(choiceRow, 'group/row')}
    >
      {option.icon}
      <Text slot="label" className="min-w-0 flex-1">
        <span className="block truncate">{option.label}</span>
        {option.description && <span className="block text-xs font-normal text-ink-3">{option.description}</span>}
      </Text>
      <Check aria-hidden="true" className="invisible size-4 text-accent-ink group-data-selected/row:visible" />
    </ListBoxItem>
  );
}
