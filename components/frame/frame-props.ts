import type { ReactNode } from 'react';
import type { FoundView } from '@/server/modules/core/lists/schema';
import type { PendingWork } from '@/server/modules/core/pending/schema';
import type { PaletteAction, PaletteResult } from './palette-items';

export interface FrameProps {
  /** `role` is the role's name in the reader's language. */
  user: { name: string; email: string; role: string };
  branch?: { code: string; name: string };
  /** Null when the person has no open shift; left out for those who never have one. `openedAt` is UTC. */
  shift?: { till: string; openedAt: string | Date } | null;
  /** Routes that the person's permissions open: "/pos". */
  permittedPlaces: readonly string[];
  /** As the cookie `rail` remembers it. */
  railCollapsed?: boolean;
  /** Search over everything, behind Ctrl K. */
  search?: (query: string) => Promise<readonly PaletteResult[]>;
  /** What the person was at last. */
  recent?: () => Promise<readonly PaletteResult[]>;
  /** The ways of looking at lists that the person, or others for all, have saved. */
  views?: () => Promise<readonly FoundView[]>;
  actions?: readonly PaletteAction[];
  /** What the person may begin from anywhere. */
  mayBegin?: readonly string[];
  /** What waits for the person; nothing yet while it is being asked for. */
  pending?: readonly PendingWork[];
  /** Whether what changes elsewhere arrives here. */
  live?: boolean;
  onSignOut?: () => void;
  children: ReactNode;
}
