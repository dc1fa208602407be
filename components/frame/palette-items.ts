import {
  Banknote,
  CircleUser,
  ClipboardList,
  CornerDownLeft,
  FileText,
  Link2Off,
  type LucideIcon,
  Receipt,
  Send,
  ShoppingCart,
  UserRound,
} from 'lucide-react';
import type { FoundActName, FoundKind } from '@/server/domain/found-things';
import type { Found, FoundAct } from '@/server/modules/core/search/schema';
import { PLACES } from './places';

/** One thing that search found, with what may be done with it. */
export type PaletteResult = Found;

export const keyOf = ({ kind, id }: Pick<PaletteResult, 'kind' | 'id'>) => `${kind} ${id}`;

/** What is done without a thing; `onAction` runs once the palette is closed. */
export interface PaletteAction {
  id: string;
  label: string;
  icon?: LucideIcon;
  keys?: string;
  onAction: () => void;
}

export const ACT_ICONS: Record<FoundActName, LucideIcon> = {
  open: CornerDownLeft,
  sell: ShoppingCart,
  orders: ClipboardList,
  balance: Banknote,
  receipt: Receipt,
  patient: UserRound,
  statement: Receipt,
  pdf: FileText,
  sendLink: Send,
  revokeLink: Link2Off,
};

export const kindIcon = (kind: FoundKind): LucideIcon => PLACES.find(({ id }) => id === kind)?.icon ?? CircleUser;

/** Documents open beside the page, everything else in its place. */
export function followAct({ href, document: isDocument }: FoundAct, go: (href: string) => void): void {
  if (isDocument) window.open(href, '_blank', 'noopener');
  else go(href);
}
