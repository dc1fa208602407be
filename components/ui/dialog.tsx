'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from './button';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  size?: 'small' | 'regular' | 'large';
  role?: 'dialog' | 'alertdialog';
  /** While work runs that closing would leave half done. */
  locked?: boolean;
}

const widths = { small: 'sm:max-w-[26rem]', regular: 'sm:max-w-[36rem]', large: 'sm:max-w-[56rem]' };

/** One question in front of everything. On a phone it rises from the foot, where the thumb is. */
export function Dialog(props: DialogProps) {
  const t = useTranslations('ui.dialog');
  const { open, onClose, title, description, children, footer, size = 'regular', role, locked } = props;
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable={!locked && role !== 'alertdialog'}
      isKeyboardDismissDisabled={locked}
      className="fixed inset-0 z-50 flex items-end justify-center bg-scrim data-entering:animate-fade sm:items-center sm:p-6"
    >
      <Modal
        className={clsx(
          'w-full rounded-t-lg border bg-raised data-entering:animate-rise sm:rounded-lg',
          // Also beside news, which stand over it.
          'max-h-[min(92dvh,calc(100dvh-var(--news,0px)))] sm:max-h-[min(85dvh,calc(100dvh-2*var(--news,0px)))]',
          widths[size],
        )}
      >
        <AriaDialog role={role} className="flex max-h-[inherit] flex-col outline-none">
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1 py-1">
              <Heading slot="title" className="text-base font-semibold">
                {title}
              </Heading>
              {description && <p className="mt-1 text-ink-2">{description}</p>}
            </div>
            {!locked && <IconButton icon={X} label={t('close')} onPress={onClose} className="-mr-2" />}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          {footer && (
            <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end">
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
