'use client';

import { clsx } from 'clsx';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components/Menu';
import { choiceRow, floatingBox } from './control-styles';

export interface MenuAction {
  id: string;
  label: string;
  icon?: LucideIcon;
  onAction?: () => void;
  href?: string;
  /** What `href` leads to is a file to keep, no page. */
  download?: boolean;
  danger?: boolean;
  disabled?: boolean;
  /** Marks what holds now, in menus of choices. */
  checked?: boolean;
  /** The key that does the same. */
  keys?: ReactNode;
}

export interface MenuProps {
  /** A Button or IconButton. */
  trigger: ReactElement;
  label: string;
  /** Null draws a line between groups. */
  items: readonly (MenuAction | null)[];
  /** Stands above the items: who is signed in. */
  header?: ReactNode;
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'right bottom';
}

export function Menu({ trigger, label, items, header, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={6} className={clsx(floatingBox, 'min-w-48 max-w-[calc(100vw-2rem)]')}>
        {header && <div className="border-b px-3 py-2">{header}</div>}
        <AriaMenu aria-label={label} className="max-h-[70dvh] overflow-auto p-1 outline-none">
          {items.map((item, index) =>
            item ? (
              <MenuItem
                key={item.id}
                id={item.id}
                textValue={item.label}
                href={item.href}
                {...(item.download ? { download: '' } : {})}
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
    </MenuTrigger>
  );
}
