'use client';

import { Menu as MenuIcon, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '@/components/ui/button';
import { Brand } from './brand';
import { PlaceList } from './rail';
import { LanguageSwitch, ThemeSwitch } from './switches';

/** The rail on a phone: a sheet behind a button. It closes when one goes somewhere. */
export function RailSheet({ permittedPlaces }: { permittedPlaces: readonly string[] }) {
  const t = useTranslations('frame.rail');
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={MenuIcon} label={t('open')} onPress={() => setOpen(true)} className="lg:hidden" />
      <ModalOverlay
        isOpen={open}
        onOpenChange={setOpen}
        isDismissable
        className="fixed inset-0 z-50 bg-scrim data-entering:animate-fade"
      >
        <Modal className="absolute inset-y-0 left-0 w-72 max-w-[85vw] border-r bg-surface data-entering:animate-slide-left">
          <Dialog aria-label={t('label')} className="flex h-full flex-col outline-none">
            <div className="flex items-center justify-between border-b py-2 pr-2 pl-4">
              <Brand />
              <IconButton icon={X} label={t('close')} onPress={() => setOpen(false)} />
            </div>
            <nav aria-label={t('label')} className="min-h-0 flex-1 overflow-y-auto p-3">
              <PlaceList permittedPlaces={permittedPlaces} onNavigate={() => setOpen(false)} />
            </nav>
            <div className="flex justify-end gap-1 border-t p-2 sm:hidden">
              <LanguageSwitch />
              <ThemeSwitch />
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
