'use client';

import { useTranslations } from 'next-intl';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { FrameProps } from './frame-props';
import { PaletteBody } from './palette-body';
import type { PaletteAction, PaletteResult } from './palette-items';

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  permittedPlaces: readonly string[];
  /** Asks the server; left out where there is nothing to search. */
  search?: ((query: string) => Promise<readonly PaletteResult[]>) | undefined;
  /** What the person was at last. */
  recent?: (() => Promise<readonly PaletteResult[]>) | undefined;
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

/** Search over everything, a way to every place and to what may be done with what is found, on Ctrl K. On a phone it is a sheet. */
export function Palette(props: PaletteProps) {
  const t = useTranslations('frame.palette');
  return (
    <ModalOverlay
      isOpen={props.open}
      onOpenChange={props.onOpenChange}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim sm:px-3 sm:pt-[10dvh] data-entering:animate-fade"
    >
      <Modal className="w-full bg-raised max-sm:h-dvh sm:max-w-[42rem] sm:rounded-lg sm:border data-entering:animate-rise">
        <Dialog aria-label={t('label')} className="flex flex-col outline-none max-sm:h-full sm:max-h-[72dvh]">
          <PaletteBody {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
