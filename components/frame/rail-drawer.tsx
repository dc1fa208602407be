'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '@/components/ui/button';
import { Brand } from './brand';
import { PlaceList } from './rail';
import { LanguageSwitch, ThemeSwitch } from './switches';

type Props = { permittedPlaces: readonly string[]; open: boolean; onOpenChange: (open: boolean) => void };

/** The rail as a sheet. It closes when one goes somewhere. */
export function RailDrawer({ permittedPlaces, open, onOpenChange }: Props) {
  const t = useTranslations('frame.rail');
  const close = () => onOpenChange(false);
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={onOpenChange}
      isDismissable
      className="fixed inset-0 z-50 bg-scrim data-entering:animate-fade"
    >
      <Modal className="absolute inset-y-0 left-0 w-72 max-w-[85vw] border-r bg-surface data-entering:animate-slide-left">
        <Dialog aria-label={t('label')} className="flex h-full flex-col outline-none">
          <div className="flex items-center justify-between border-b py-2 pr-2 pl-4">
            <Brand />
            <IconButton icon={X} label={t('close')} onPress={close} />
          </div>
          <nav aria-label={t('label')} className="min-h-0 flex-1 overflow-y-auto p-3">
            <PlaceList permittedPlaces={permittedPlaces} onNavigate={close} />
          </nav>
          <div className="flex justify-end gap-1 border-t p-2 sm:hidden">
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
