'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from './button';
import { useMediaQuery } from './use-media-query';

export interface SidePanelProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Under the title: a state, a number. */
  subtitle?: ReactNode;
  /** Beside the close button: open on its own page, print. */
  actions?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  width?: 'regular' | 'wide';
}

interface PanelBodyProps extends SidePanelProps {
  titleId: string;
}

function PanelBody({ title, subtitle, actions, children, footer, onClose, titleId }: PanelBodyProps) {
  const t = useTranslations('ui.panel');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <>
      <header className="@container/panel flex items-start gap-2 border-b px-4 py-3">
        <div className="min-w-0 flex-1 py-1.5">
          <h2
            id={titleId}
            ref={heading}
            tabIndex={-1}
            className="text-base font-semibold outline-none sm:@min-[22rem]/panel:truncate"
          >
            {title}
          </h2>
          {subtitle && <div className="mt-0.5 text-ink-2">{subtitle}</div>}
        </div>
        {actions && <div className="flex h-(--control-h) items-center">{actions}</div>}
        <IconButton icon={X} label={t('close')} onPress={onClose} className="-mr-2" />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      {footer && <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">{footer}</footer>}
    </>
  );
}

/**
 * Beside its page where there is room, from the bar above to the foot of the window; over it, as a sheet, where there is not. Escape
 * closes either.
 */
export function SidePanel(props: SidePanelProps) {
  const { open, onClose, width = 'regular' } = props;
  const beside = useMediaQuery('(min-width: 64rem)', true);
  const titleId = useId();
  if (!open) return null;
  if (beside) {
    return (
      <aside
        aria-labelledby={titleId}
        onKeyDown={(event) => {
          // Keys of a question that was asked from here come by as well: they are the question's own.
          const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
          if (event.key === 'Escape' && isInside && !event.defaultPrevented) onClose();
        }}
        data-beside={width}
        className="fixed top-(--page-top) right-0 bottom-0 z-20 flex w-(--beside) flex-col overflow-hidden border-l bg-surface print:hidden"
      >
        <PanelBody {...props} titleId={titleId} />
      </aside>
    );
  }
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(next) => !next && onClose()}
      className="fixed inset-0 z-50 bg-scrim data-entering:animate-fade"
    >
      <Modal className="absolute top-[var(--news,0px)] right-0 bottom-0 w-full max-w-[36rem] border-l bg-surface data-entering:animate-slide">
        <AriaDialog aria-labelledby={titleId} className="flex h-full flex-col outline-none">
          <PanelBody {...props} titleId={titleId} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
