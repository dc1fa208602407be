import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface MenuAction {
  id: string;
  label: string;
  icon?: LucideIcon;
  onAction?: () => void;
  href?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Marks what holds now, in menus of choices. */
  checked?: boolean;
  /** The key that does the same. */
  keys?: ReactNode;
}

/** What a menu shows. */
export interface MenuContent {
  label: string;
  /** Null draws a line between groups. */
  items: readonly (MenuAction | null)[];
  /** Stands above the items: who is signed in. */
  header?: ReactNode;
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'right bottom';
}
