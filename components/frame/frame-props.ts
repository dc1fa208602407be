import type { ReactNode } from 'react';
import type { PaletteAction, PaletteResult } from './palette-items';

export interface FrameProps {
  /** `role` is the role's name in the reader's language. */
  user: { name: string; email: string; role: string };
  branch?: { code: string; name: string };
  /** Null when the person has no open shift; left out for those who never have one. `openedAt` is UTC ISO. */
  shift?: { till: string; openedAt: string } | null;
  /** Routes that the person's permissions open: "/pos". */
  permittedPlaces: readonly string[];
  /** As the cookie `rail` remembers it. */
  railCollapsed?: boolean;
  /** Search over everything, behind Ctrl K. */
  search?: (query: string) => Promise<readonly PaletteResult[]>;
  /** What the person was at last. */
  recent?: () => Promise<readonly PaletteResult[]>;
  actions?: readonly PaletteAction[];
  /** What the person may begin from anywhere. */
  mayBegin?: readonly string[];
  /** Count of unread messages. */
  messages?: number;
  onOpenMessages?: () => void;
  onSignOut?: () => void;
  children: ReactNode;
}
