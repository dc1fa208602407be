import type { LucideIcon } from 'lucide-react';

export type PaletteKind = 'patients' | 'orders' | 'doctors' | 'statements';

/** One thing that search found. */
export interface PaletteResult {
  kind: PaletteKind;
  id: string;
  title: string;
  /** A line that distinguishes people of one name. */
  detail?: string;
  href: string;
}

export interface PaletteAction {
  id: string;
  label: string;
  icon?: LucideIcon;
  keys?: string;
  onAction: () => void;
}
