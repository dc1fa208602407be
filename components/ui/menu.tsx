'use client';

import type { LucideIcon } from 'lucide-react';
import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, useRef, useState } from 'react';
import { later } from './later';

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
  trigger: ReactElement<object>;
  label: string;
  /** Null draws a line between groups. */
  items: readonly (MenuAction | null)[];
  /** Stands above the items: who is signed in. */
  header?: ReactNode;
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'right bottom';
}

/** Where the focus begins: at the last by the arrow that goes up. */
export type MenuStart = 'first' | 'last';

const MenuList = later(() => import('./menu-list').then((module) => module.MenuList));
const STARTS: Readonly<Record<string, MenuStart>> = { ArrowDown: 'first', ArrowUp: 'last' };

/** A list of acts behind a button: by a press, or by an arrow. What draws it comes when a hand is on its way. */
export function Menu({ trigger, ...list }: MenuProps) {
  const [start, setStart] = useState<MenuStart | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const opener = {
    ref: button,
    'aria-haspopup': 'menu',
    'aria-expanded': start !== null,
    onPress: () => setStart('first'),
    onKeyDown: (event: KeyboardEvent) => {
      const at = STARTS[event.key];
      if (!at) return;
      event.preventDefault();
      setStart(at);
    },
    onHoverStart: MenuList.preload,
    onFocus: MenuList.preload,
  };
  return (
    <>
      {cloneElement(trigger, opener)}
      <MenuList {...list} wanted={start !== null} start={start} button={button} onClose={() => setStart(null)} />
    </>
  );
}
