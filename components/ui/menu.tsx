'use client';

import type { LucideIcon } from 'lucide-react';
import { cloneElement, type ReactElement, type ReactNode } from 'react';
import { later } from './later';
import { useOpener } from './use-opener';

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

const MenuList = later(() => import('./menu-list').then((module) => module.MenuList));

/** A list of acts behind a button: by a press, or by an arrow. What draws it comes when a hand is on its way. */
export function Menu({ trigger, ...list }: MenuProps) {
  const { start, button, opener, close } = useOpener('menu', MenuList.preload);
  return (
    <>
      {cloneElement(trigger, opener)}
      <MenuList {...list} wanted={start !== null} start={start} button={button} onClose={close} />
    </>
  );
}
