import type { FrameProps } from './frame-props';
import type { PaletteAction, PaletteResult } from './palette-items';

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  permittedPlaces: readonly string[];
  /** Asks the server; left out where there is nothing to search. */
  search?: ((query: string) => Promise<readonly PaletteResult[]>) | undefined;
  /** What the person was at last. */
  recent?: (() => Promise<readonly PaletteResult[]>) | undefined;
  /** Ways of looking at lists that were saved. */
  views?: FrameProps['views'] | undefined;
  /** What may be done besides. */
  actions?: readonly PaletteAction[] | undefined;
  /** What the person may begin from anywhere: `sell`, `register`, `upload`, `shift`. */
  mayBegin?: readonly string[] | undefined;
  /** Null without an open shift; left out for who has none. */
  shift?: FrameProps['shift'] | undefined;
  onSignOut?: (() => void) | undefined;
  /** Answers what was typed while this was on its way, once. */
  typedAhead?: (() => string) | undefined;
}
