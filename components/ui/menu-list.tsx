'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import type { RefObject } from 'react';
import { Menu as AriaMenu, MenuItem, Popover, Separator } from 'react-aria-components/Menu';
import { choiceRow, floatingBox } from './control-styles';
import type { MenuContent } from './menu-items';
import type { Start } from './use-opener';

export interface MenuListProps extends MenuContent {
  /** Null while it is closed. */
  start: Start | null;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** The list of a menu, under its button. */
export function MenuList({ label, items, header, placement = 'bottom end', start, button, onClose }: MenuListProps) {
  return (
    <Popover
      trigger="MenuTrigger"
      triggerRef={button}
      isOpen={start !== null}
      onOpenChange={(open) => !open && onClose()}
      aria-label={label}
      placement={placement}
      offset={6}
      className={clsx(floatingBox, 'min-w-48 max-w-[calc(100vw-2rem)]')}
    >
      {header && <div className="border-b px-3 py-2">{header}</div>}
      <AriaMenu
        aria-label={label}
        autoFocus={start ?? 'first'}
        onClose={onClose}
        className="max-h-[70dvh] overflow-auto p-1 outline-none"
      >
        {items.map((item, index) =>
          item ? (
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              href={item.href}
              isDisabled={item.disabled}
              onAction={item.onAction}
              className={clsx(choiceRow, item.danger && 'text-wrong')}
            >
              {item.icon && <item.icon aria-hidden="true" className="size-4 shrink-0" />}
              <span className="flex-1">{item.label}</span>
              {item.checked && <Check aria-hidden="true" className="size-4 text-accent-ink" />}
              {item.keys}
            </MenuItem>
          ) : (
            <Separator key={`line-after-${items[index - 1]?.id ?? 'start'}`} className="my-1 border-t" />
          ),
        )}
      </AriaMenu>
    </Popover>
  );
}
