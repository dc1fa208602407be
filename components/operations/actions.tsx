'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { FunctionRow, RunDetail, RunSelection } from '@/server/modules/core/operations/schema';
import { CancelDialog } from './cancel-dialog';
import { PauseDialog, ResumeDialog } from './pause-dialogs';
import { ReplayDialog } from './replay-dialog';

/** What an operator wants done; a dialog says in figures what will happen and asks for the reason. */
export type Ask =
  | {
      kind: 'replay';
      selection: RunSelection;
      /** The one function that all of the selection is of. */
      functionId?: string;
      /** The run has not ended: it waits for its next attempt. */
      retry?: boolean;
      onDone?: () => void;
    }
  | {
      kind: 'cancel';
      runIds: string[];
      /** How many of what was selected have ended, and are left. */
      ended: number;
      effects?: RunDetail['effects'];
      onDone?: () => void;
    }
  | { kind: 'pause' | 'resume'; row: FunctionRow };

type Acts = { ask: (wanted: Ask) => void };

const ActionsContext = createContext<Acts | null>(null);

/** Null for those who may look but not act: no button is shown then. */
export const useActions = (): Acts | null => useContext(ActionsContext);

/** Holds the one dialog that is open, apart from the lists: what they stand on may be gone after the next look at the server. */
export function ActionsProvider({ mayAct, children }: { mayAct: boolean; children: ReactNode }) {
  const [asked, setAsked] = useState<Ask | null>(null);
  const acts = useMemo(() => (mayAct ? { ask: setAsked } : null), [mayAct]);
  const close = () => setAsked(null);
  return (
    <ActionsContext value={acts}>
      {children}
      {asked?.kind === 'replay' && <ReplayDialog {...asked} onClose={close} />}
      {asked?.kind === 'cancel' && <CancelDialog {...asked} onClose={close} />}
      {asked?.kind === 'pause' && <PauseDialog row={asked.row} onClose={close} />}
      {asked?.kind === 'resume' && <ResumeDialog row={asked.row} onClose={close} />}
    </ActionsContext>
  );
}
