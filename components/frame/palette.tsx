'use client';

import { useTranslations } from 'next-intl';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { PaletteBody } from './palette-body';
import type { PaletteProps } from './palette-props';

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
      <Modal className="w-full bg-raised max-sm:mt-[var(--news,0px)] max-sm:h-[calc(100dvh-var(--news,0px))] sm:max-w-[42rem] sm:rounded-lg sm:border data-entering:animate-rise">
        <Dialog aria-label={t('label')} className="flex flex-col outline-none max-sm:h-full sm:max-h-[72dvh]">
          <PaletteBody {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
